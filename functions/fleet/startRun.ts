import { createHash, randomUUID } from "node:crypto";
import type { S3Client } from "@aws-sdk/client-s3";
import {
  ListPipelineExecutionsCommand,
  type PipelineExecutionSummary,
  type SageMakerClient,
  StartPipelineExecutionCommand,
} from "@aws-sdk/client-sagemaker";
import * as z from "zod/mini";
import { type FleetStartAnswer, SkipReason } from "../../contracts/fleetStart";
import { InvalidInputError, printGiven } from "../../contracts/problems";
import { checkCompleteness } from "../../derived/completeness";
import type { FleetSettings } from "./fleetSettings";

/** What the function is called with, as far as it is read: anything else that a caller adds is left alone. */
const StartEvent = z.nullish(z.looseObject({ time: z.optional(z.string().check(z.minLength(1))) }));

/** Statuses of a run that is not over. */
const GOING_ON: readonly string[] = ["Executing", "Stopping"];

/**
 * Executions that are looked at, the newest first. Runs of a fleet do not overlap, so one that is going on is among
 * the newest; the rest of the history need not be read.
 */
const LOOKED_AT = 20;

/** How the services are reached. */
export interface StartClients {
  readonly sagemaker: SageMakerClient;
  readonly s3: S3Client;
}

/**
 * Starts a run, unless the one before is going on or what it would train on is not complete. The same scheduled time
 * always has the same token, so that SageMaker starts one run for it however often the function is called.
 * @throws InvalidInputError when the event is none that starts a run
 */
export async function startRun(
  event: unknown,
  { pipeline, parameters, completeness }: FleetSettings,
  { sagemaker, s3 }: StartClients,
): Promise<FleetStartAnswer> {
  const token = tokenOf(pipeline, event);
  const running = await runGoingOn(sagemaker, pipeline);
  if (running !== undefined) {
    return { started: false, reason: SkipReason.Overlap, executionArn: running.PipelineExecutionArn ?? "" };
  }
  if (completeness !== undefined) {
    const { allowQuarantined } = completeness;
    const { complete, counts } = await checkCompleteness(s3, completeness, { allowQuarantined, listed: 0 });
    if (!complete) return { started: false, reason: SkipReason.Incomplete, counts };
  }
  const { PipelineExecutionArn = "" } = await sagemaker.send(
    new StartPipelineExecutionCommand({
      PipelineName: pipeline,
      PipelineParameters: Object.entries(parameters).map(([Name, Value]) => ({ Name, Value })),
      ClientRequestToken: token,
    }),
  );
  return { started: true, executionArn: PipelineExecutionArn };
}

async function runGoingOn(client: SageMakerClient, pipeline: string): Promise<PipelineExecutionSummary | undefined> {
  const { PipelineExecutionSummaries = [] } = await client.send(
    new ListPipelineExecutionsCommand({
      PipelineName: pipeline,
      SortBy: "CreationTime",
      SortOrder: "Descending",
      MaxResults: LOOKED_AT,
    }),
  );
  return PipelineExecutionSummaries.find(({ PipelineExecutionStatus = "" }) =>
    GOING_ON.includes(PipelineExecutionStatus),
  );
}

/** A token of 64 characters, of the 32 to 128 that SageMaker takes: a time's own, or one of this call alone. */
function tokenOf(pipeline: string, event: unknown): string {
  const read = StartEvent.safeParse(event);
  if (!read.success) {
    const problem = { property: "event", given: printGiven(event), allowed: "an object, with a time or without" };
    throw new InvalidInputError("call of the start function", [problem]);
  }
  return createHash("sha256")
    .update(`${pipeline} ${read.data?.time ?? randomUUID()}`)
    .digest("hex");
}
