import { InvalidInputError, printGiven } from "./problems";

/** A place in S3. */
export interface S3Location {
  readonly bucket: string;
  /** Key or prefix; empty for the whole bucket. */
  readonly prefix: string;
}

/** Reads `s3://bucket/prefix`; undefined when it is anything else. */
export function s3LocationOf(uri: string): S3Location | undefined {
  const [, bucket, prefix = ""] = /^s3:\/\/([^/]+)(?:\/(.*))?$/s.exec(uri) ?? [];
  return bucket === undefined ? undefined : { bucket, prefix };
}

/**
 * Reads `s3://bucket/prefix`.
 * @throws InvalidInputError when it is anything else
 */
export function parseS3Uri(uri: string, property = "uri"): S3Location {
  const location = s3LocationOf(uri);
  if (location !== undefined) return location;
  throw new InvalidInputError("S3 address", [{ property, given: printGiven(uri), allowed: "s3://<bucket>/<prefix>" }]);
}
