import { setTimeout as sleep } from "node:timers/promises";
import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import * as z from "zod";
import { inParallel } from "../../../contracts/inParallel";
import type { LocalManifest } from "../../../contracts/localManifest";
import type { RunSummary } from "../../../contracts/runSummary";
import { parseS3Uri, type S3Location } from "../../../contracts/s3Location";
import { LocalPooledModel, type LocalPooledModelSettings } from "../../local/localPooledModel";
import { LocalPipeline } from "../../local/sagemaker/localPipeline";
import { planeS3Client } from "../deliveryReader";
import { Answer, type ForecastAnswer } from "../hostedModels";
import type { JobContext, JobPart } from "../jobPart";
import { PooledForecast } from "../pooledForecast";
import { percentile, rounded } from "../readings";
import { signedFetch } from "../signedFetch";

/** Periods that are asked at once, each so often; later and overnight each once. */
const PERIODS = [1, 7, 28, 365];
const TIMES = 25;

/** Invocations at once: no more than the stack's serverless endpoint takes. */
const CALLERS = 4;

/** Longest wait for an answer that comes later, in seconds, and the pause between two looks. */
const LATER_SECONDS = 60;
const LOOK_EVERY_MS = 20;

type NewcomerFigures = NonNullable<RunSummary["newcomers"]>;

const NOTHING_ASKED: NewcomerFigures = {
  requests: 0,
  p50Ms: 0,
  p99Ms: 0,
  laterRequests: 0,
  laterMs: 0,
  nightlyRecords: 0,
  nightlySeconds: 0,
};

/** Asks the pooled model in its three ways, at once, later and overnight, and holds every answer against the model itself. */
export const newcomersPart: JobPart<"newcomers"> = {
  name: "newcomers",
  budgetSeconds: 4,

  async run(context) {
    const failures: string[] = [];
    const [model] = context.plane.all(LocalPooledModel);
    if (model === undefined) return { line: "nobody is new", figures: NOTHING_ASKED, failures };
    const { settings } = model;
    try {
      const figures = await ask(context, settings, failures);
      const line = `${figures.requests} at once from ${settings.endpointName}: p50 ${figures.p50Ms} ms, p99 ${figures.p99Ms} ms; ${figures.laterRequests} later, there after ${figures.laterMs} ms; ${figures.nightlyRecords} overnight in ${figures.nightlySeconds} s`;
      return { line, figures, failures };
    } catch (error) {
      failures.push(`${settings.name}: ${error instanceof Error ? error.message : error}`);
      return { line: `${settings.name} failed`, figures: NOTHING_ASKED, failures };
    }
  },
};

async function ask(
  { plane, progress }: JobContext,
  settings: LocalPooledModelSettings,
  failures: string[],
): Promise<NewcomerFigures> {
  const manifest = plane.manifest();
  const client = planeS3Client(manifest);
  try {
    const model = await PooledForecast.of(client, settings.modelDataUrl);
    const verify = (way: string, period: number, answer: ForecastAnswer): void => {
      if (!model.matches(answer, period))
        failures.push(`${settings.name}: ${way}: period ${period}: not what the model says`);
    };
    progress(`${settings.name}: at once`);
    const atOnce: number[] = [];
    await inParallel(Array.from({ length: TIMES }, () => PERIODS).flat(), CALLERS, async (period) => {
      const asked = performance.now();
      const answer = await askNow(manifest, settings.endpointName, period);
      atOnce.push(performance.now() - asked);
      verify("at once", period, answer);
    });
    progress(`${settings.name}: later`);
    const later = await inParallel(PERIODS, PERIODS.length, async (period) => {
      const asked = performance.now();
      verify("later", period, await askLater(manifest, client, settings, period));
      return performance.now() - asked;
    });
    progress(`${settings.name}: overnight`);
    const asked = performance.now();
    const overnight = await askOvernight(plane.all(LocalPipeline), client, settings);
    const nightlySeconds = rounded((performance.now() - asked) / 1000);
    for (const [index, period] of PERIODS.entries()) {
      const answer = overnight[index];
      if (answer === undefined) failures.push(`${settings.name}: overnight: period ${period}: no answer`);
      else verify("overnight", period, answer);
    }
    return {
      requests: atOnce.length,
      p50Ms: rounded(percentile(atOnce, 0.5)),
      p99Ms: rounded(percentile(atOnce, 0.99)),
      laterRequests: later.length,
      laterMs: rounded(percentile(later, 0.5)),
      nightlyRecords: overnight.length,
      nightlySeconds,
    };
  } finally {
    client.destroy();
  }
}

async function askNow(manifest: LocalManifest, endpointName: string, period: number): Promise<ForecastAnswer> {
  const response = await signedFetch(`${manifest.endpoint}/endpoints/${endpointName}/invocations`, manifest, {
    service: "sagemaker",
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ period }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${endpointName}: ${response.status} ${text.slice(0, 300)}`);
  return Answer.parse(JSON.parse(text));
}

/** Leaves a request in the bucket, points the endpoint to it, and waits for the object that answers. */
async function askLater(
  manifest: LocalManifest,
  client: S3Client,
  { laterEndpointName, askedUri }: LocalPooledModelSettings,
  period: number,
): Promise<ForecastAnswer> {
  const { bucket: Bucket, prefix } = parseS3Uri(askedUri);
  const Key = `${prefix}period-${period}.json`;
  await client.send(new PutObjectCommand({ Bucket, Key, Body: JSON.stringify({ period }) }));
  const response = await signedFetch(
    `${manifest.endpoint}/endpoints/${laterEndpointName}/async-invocations`,
    manifest,
    {
      service: "sagemaker",
      method: "POST",
      headers: {
        "x-amzn-sagemaker-content-type": "application/json",
        "x-amzn-sagemaker-inputlocation": `s3://${Bucket}/${Key}`,
      },
    },
  );
  const output = response.headers.get("x-amzn-sagemaker-outputlocation");
  if (response.status !== 202 || output === null) {
    throw new Error(`${laterEndpointName}: ${response.status} ${(await response.text()).slice(0, 300)}`);
  }
  for (const end = Date.now() + LATER_SECONDS * 1000; Date.now() < end; await sleep(LOOK_EVERY_MS)) {
    const answered = await textOf(client, parseS3Uri(output));
    if (answered !== undefined) return Answer.parse(JSON.parse(answered));
  }
  throw new Error(`${laterEndpointName}: no answer at ${output} after ${LATER_SECONDS} s`);
}

/** Leaves requests, a line each, where the pipeline looks for them, and runs it. */
async function askOvernight(
  pipelines: readonly LocalPipeline[],
  client: S3Client,
  settings: LocalPooledModelSettings,
): Promise<readonly ForecastAnswer[]> {
  const { pipelineName, pipelineParameters: parameters, nightlyAskedUri, nightlyAnsweredUri } = settings;
  const { bucket: Bucket, prefix } = parseS3Uri(nightlyAskedUri);
  const Body = PERIODS.map((period) => `${JSON.stringify({ period })}\n`).join("");
  await client.send(new PutObjectCommand({ Bucket, Key: `${prefix}job.jsonl`, Body }));
  const pipeline = pipelines.find((one) => one.settings.name === pipelineName);
  if (pipeline === undefined) throw new Error(`pipeline ${pipelineName} does not run here`);
  const execution = pipeline.start({ parameters });
  await execution.finished;
  if (execution.status !== "Succeeded") throw new Error(execution.failureReason ?? `the run ended ${execution.status}`);
  const answered = parseS3Uri(nightlyAnsweredUri);
  const key = `${answered.prefix}${execution.id}/job.jsonl.out`;
  const text = (await textOf(client, { bucket: answered.bucket, prefix: key })) ?? "";
  return z.array(Answer).parse(text.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line)])));
}

/** What an object says; undefined while there is none. */
async function textOf(client: S3Client, { bucket: Bucket, prefix: Key }: S3Location): Promise<string | undefined> {
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    return await Body?.transformToString();
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}
