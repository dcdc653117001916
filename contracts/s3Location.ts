import { InvalidInputError, printGiven } from "./problems";

/** A place in S3. */
export interface S3Location {
  readonly bucket: string;
  /** Empty, or a key prefix. */
  readonly prefix: string;
}

/**
 * Reads `s3://bucket/prefix`.
 * @throws InvalidInputError when it is anything else
 */
export function parseS3Uri(uri: string, property = "uri"): S3Location {
  const match = /^s3:\/\/([^/]+)(?:\/(.*))?$/s.exec(uri);
  if (match?.[1] === undefined) {
    throw new InvalidInputError("S3 address", [
      { property, given: printGiven(uri), allowed: "s3://<bucket>/<prefix>" },
    ]);
  }
  return { bucket: match[1], prefix: match[2] ?? "" };
}
