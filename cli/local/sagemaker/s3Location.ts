import { type S3Location, s3LocationOf } from "../../../contracts/s3Location";
import { JobFailure } from "./jobFailure";

/** @throws JobFailure when it is no `s3://` address */
export function parseS3Uri(uri: string): S3Location {
  const location = s3LocationOf(uri);
  if (location !== undefined) return location;
  throw new JobFailure("Client", `ClientError: ${uri} is no address of S3; it begins with s3://`);
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
