import { JobFailure } from "./jobFailure";

/** What an `s3://` address names. */
export interface S3Location {
  readonly bucket: string;
  /** Key or prefix; empty for the whole bucket. */
  readonly prefix: string;
}

/** @throws JobFailure when it is no `s3://` address */
export function parseS3Uri(uri: string): S3Location {
  const [, bucket, prefix = ""] = /^s3:\/\/([^/]+)(?:\/(.*))?$/s.exec(uri) ?? [];
  if (bucket === undefined)
    throw new JobFailure("Client", `ClientError: ${uri} is no address of S3; it begins with s3://`);
  return { bucket, prefix };
}

/** A location with a slash at its end, unless it is a whole bucket. */
export function asFolder({ bucket, prefix }: S3Location): S3Location {
  return { bucket, prefix: prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/` };
}

/** Key of an object as a path below the location that it was found by. */
export function pathBelow({ prefix }: S3Location, key: string): string {
  if (prefix === "" || prefix.endsWith("/")) return key.slice(prefix.length);
  if (key.startsWith(`${prefix}/`)) return key.slice(prefix.length + 1);
  // The prefix ends within a name: what it names is that name.
  return key.slice(prefix.lastIndexOf("/") + 1);
}
