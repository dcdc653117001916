import { S3ServiceException } from "@aws-sdk/client-s3";
import { SQSServiceException } from "@aws-sdk/client-sqs";
import type { Command } from "commander";
import { CannotRunError } from "../../contracts/cannotRunError";

/** Adds the options that name originals and what is derived from them. */
export function withDerivedSet(command: Command): Command {
  return command
    .option("--from <file>", "out/local.json, or the output of `pulumi stack output --json` (- for standard input)")
    .option("--access-point <name>", "which access point of that file, when it has several")
    .option("--source <name>", "bucket or access point with the originals, instead of --from")
    .option("--derived <bucket>", "derived bucket, instead of --from")
    .option("--prefix <hash>", "hash of the transformation, instead of --from")
    .option("--queue-url <url>", "queue of changes, for a back-fill without --from");
}

/**
 * Runs what talks to S3 and SQS.
 * @throws CannotRunError with the service's own code, when it refuses or cannot be reached
 */
export async function withServices<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    if (cause instanceof CannotRunError) throw cause;
    if (cause instanceof S3ServiceException || cause instanceof SQSServiceException) {
      throw new CannotRunError(cause.name, `${cause.message} (HTTP ${cause.$metadata.httpStatusCode})`, { cause });
    }
    if (!(cause instanceof Error)) throw cause;
    throw new CannotRunError("NotReached", cause.message || cause.name, { cause });
  }
}
