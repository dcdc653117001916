import type { S3Location } from "../../../contracts/s3Location";
import type { LocalPlane } from "../localPlane";
import { listObjects } from "../s3/bucketListing";
import { JobFailure } from "./jobFailure";
import { RemoteObjects } from "./remoteObjects";
import { parseS3Uri, pathBelow } from "./s3Location";

/** One object of an input. */
export interface InputObject {
  readonly key: string;
  /** Path in the input's folder. */
  readonly path: string;
}

/** Objects that an input has, and how their bytes come to this machine's folders. */
export interface InputSource {
  /** In the order of their keys; at least one. */
  readonly objects: readonly InputObject[];
  /** Puts an object's bytes into a new file. */
  fetch(key: string, file: string): Promise<void>;
}

/** Keys that are asked for at once. */
const PAGE = 1000;

/**
 * Finds the objects of an input. A bucket of the store is read without HTTP; what has another name on the plane, as an
 * access point has, is read as any client reads it.
 * @throws JobFailure when there are none, as SageMaker refuses it
 */
export async function inputSource(plane: LocalPlane, uri: string): Promise<InputSource> {
  const location = parseS3Uri(uri);
  const remote = plane.store.hasBucket(location.bucket) ? undefined : new RemoteObjects(plane, location.bucket);
  const keys = remote === undefined ? storedKeys(plane, location) : await remote.list(location.prefix);
  // A key that ends with a slash is a folder that the console made.
  const objects = keys
    .filter((key) => !key.endsWith("/"))
    .map((key) => ({ key, path: safePath(pathBelow(location, key), key) }));
  if (objects.length === 0) {
    throw new JobFailure(
      "Client",
      `ClientError: No S3 objects found under S3 URL "${uri}" given in input data source. Please ensure that the bucket exists in the selected region (${plane.cloud.region}), and that objects exist under that S3 prefix.`,
    );
  }
  return { objects, fetch: (key, file) => (remote === undefined ? stored(key, file) : remote.fetch(key, file)) };

  async function stored(key: string, file: string): Promise<void> {
    const version = plane.store.find(location.bucket, key);
    if (version === undefined || version.deleteMarker) {
      throw new JobFailure("Client", `ClientError: s3://${location.bucket}/${key} was deleted while it was read`);
    }
    await plane.store.copyTo(location.bucket, version, file);
  }
}

/** Keys of the newest versions below a prefix. */
export function storedKeys({ store }: Pick<LocalPlane, "store">, { bucket, prefix }: S3Location): readonly string[] {
  const { index } = store.bucket(bucket);
  const keys: string[] = [];
  let after: string | undefined;
  do {
    const page = listObjects(index, { prefix, delimiter: "", limit: PAGE, ...(after !== undefined && { after }) });
    keys.push(...page.items.map(({ key }) => key));
    after = page.truncated ? page.last : undefined;
  } while (after !== undefined);
  return keys;
}

function safePath(relative: string, key: string): string {
  const parts = relative.split("/");
  if (relative.includes("\0") || parts.some((part) => part === "" || part === "." || part === "..")) {
    throw new JobFailure("Client", `ClientError: the key ${JSON.stringify(key)} is no path of a file`);
  }
  return relative;
}
