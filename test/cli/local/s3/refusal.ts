import { S3ServiceException } from "@aws-sdk/client-s3";

/** Runs a command that must be refused. */
export async function refusal(promise: Promise<unknown>): Promise<S3ServiceException> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof S3ServiceException) return error;
    throw error;
  }
  throw new Error("the command was not refused");
}
