import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import * as z from "zod";
import { FleetFolder, LATEST_OBJECT } from "../../contracts/fleetLayout";
import type { FleetManifest } from "../../contracts/fleetManifest";
import { parseS3Uri } from "../../contracts/s3Location";
import { parseManifest } from "../../fleet/manifestFile";
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
 * @param fleetUri `s3://` address of the fleet's folder
 * @throws Error when there is none
 */
export async function latestVersion(client: S3Client, fleetUri: string): Promise<FleetManifest> {
  const { bucket, prefix } = parseS3Uri(fleetUri);
  const Key = `${prefix}${FleetFolder.State}${LATEST_OBJECT}`;
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
  return parseManifest((await Body?.transformToString()) ?? "");
}
