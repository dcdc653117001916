import { Logger } from "@aws-lambda-powertools/logger";
import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import type { FleetStartAnswer } from "../../contracts/fleetStart";
import { fleetSettings } from "./fleetSettings";
import { startMetrics } from "./startMetrics";
import { startRun } from "./startRun";

const logger = new Logger({ serviceName: "fleet" });
const sagemaker = new SageMakerClient({});
const s3 = new S3Client({});

/**
 * Starts a run of the fleet, or says why not. Whoever calls it gets the answer; whatever fails is thrown, so that the
 * caller tries again, which starts no second run of the same scheduled time.
 */
export async function handler(event: unknown): Promise<FleetStartAnswer> {
  const started = performance.now();
  try {
    const answer = await startRun(event, fleetSettings(process.env), { sagemaker, s3 });
    const line = { ...answer, ms: Math.round(performance.now() - started), ...startMetrics(answer) };
    if (answer.started) logger.info("started", line);
    else logger.warn("skipped", line);
    return answer;
  } catch (error) {
    logger.error("failed", { error: asError(error), ms: Math.round(performance.now() - started) });
    throw error;
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
