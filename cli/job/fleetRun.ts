import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import * as z from "zod";
import { FleetFolder, LATEST_OBJECT } from "../../contracts/fleetLayout";
import { parseS3Uri } from "../../contracts/s3Location";
import { LocalFunction } from "../local/lambda/localFunction";
import type { LocalFleetSettings } from "../local/localFleet";
import type { LocalPlane } from "../local/localPlane";
import { LocalPipeline } from "../local/sagemaker/localPipeline";
import type { PipelineExecution } from "../local/sagemaker/pipelineExecution";

const StartAnswer = z.object({
  started: z.boolean(),
  executionArn: z.string().optional(),
  reason: z.string().optional(),
});

/** What of a manifest the main job shows. */
const Version = z.object({
  version: z.string(),
  counts: z.object({ fitted: z.int(), kept: z.int(), quarantined: z.int(), absent: z.int() }),
  medianMase: z.number().nullable(),
  medianNaiveMase: z.number().nullable(),
});

/** A version that was published. */
export type PublishedVersion = z.infer<typeof Version>;

/** Milliseconds between two looks for a training job that can be interrupted. */
const PAUSE_MS = 50;

/**
 * Starts a run as the schedule would, through the start function.
 * @throws Error when it was not started, with the function's reason
 */
export async function startRun(plane: LocalPlane, fleet: LocalFleetSettings): Promise<PipelineExecution> {
  const start = plane.find(LocalFunction, fleet.startFunctionArn);
  const { body } = await start.invoke({});
  const answer = StartAnswer.parse(JSON.parse(await text(body)));
  const pipeline = plane.find(LocalPipeline, fleet.pipelineArn);
  const execution = pipeline.executions.find(({ arn }) => arn === answer.executionArn);
  if (answer.started && execution !== undefined) return execution;
  throw new Error(`the run was not started: ${answer.reason ?? "no reason was given"}`);
}

/** Takes the training machines away once, as soon as there are some, as spot capacity goes. */
export async function interruptOnce(execution: PipelineExecution): Promise<void> {
  while (execution.endedAt === undefined && !(await execution.interrupt({ graceSeconds: 5 }))) await sleep(PAUSE_MS);
}

/**
 * The version that a fleet published last.
 * @throws Error when there is none
 */
export async function latestVersion(client: S3Client, { fleetUri }: LocalFleetSettings): Promise<PublishedVersion> {
  const { bucket, prefix } = parseS3Uri(fleetUri);
  const Key = `${prefix}${FleetFolder.State}${LATEST_OBJECT}`;
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
  return Version.parse(JSON.parse((await Body?.transformToString()) ?? ""));
}
