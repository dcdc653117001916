import { readFile } from "node:fs/promises";
import path from "node:path";
import * as z from "zod";
import { LocalPlaneError } from "../localPlaneError";
import { S3Error } from "../s3/s3Errors";
import type { GroupEnd } from "./instanceGroup";
import { JobFailure, MAX_REASON } from "./jobFailure";
import { SageMakerError } from "./sagemakerError";

/**
 * The failure of a job whose instance failed: what the container wrote, or else how its process ended.
 * @param file what the container writes its reason to, below the folder that stands for `/opt/ml`
 */
export async function containerFailure(
  { exit }: Extract<GroupEnd, { how: "failed" }>,
  root: string,
  file: string,
): Promise<JobFailure> {
  const written = await readFile(path.join(root, file), "utf8").catch(() => "");
  const how = exit.signal === null ? `exit code: ${exit.code}` : `ended by ${exit.signal}`;
  return new JobFailure("Algorithm", written.trim() === "" ? `AlgorithmError: ${exit.host}, ${how}` : written);
}

/** Why a job failed, whatever was thrown; SageMaker names whose fault it was. */
export function jobReason(error: unknown): string {
  return reasonOf(error).slice(0, MAX_REASON);
}

function reasonOf(error: unknown): string {
  if (error instanceof JobFailure) return error.message;
  if (error instanceof z.ZodError) {
    return `ClientError: ${error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ")}`;
  }
  if (error instanceof S3Error) return `ClientError: ${error.code}: ${error.message}`;
  if (error instanceof LocalPlaneError || error instanceof SageMakerError) return `ClientError: ${error.message}`;
  return `InternalServerError: ${error instanceof Error ? error.message : String(error)}`;
}
