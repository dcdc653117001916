import path from "node:path";
import { Readable } from "node:stream";
import { createGzip } from "node:zlib";
import type { S3Location } from "../../../contracts/s3Location";
import { tarArchive } from "../../archive/tarArchive";
import type { ObjectStore } from "../s3/objectStore";
import { scanFolder } from "./folderScan";

/**
 * Packs what is in folders, one of each instance, into one `.tar.gz` object; of files with the same path the last
 * instance's counts.
 * @returns false when there is nothing, and nothing is stored
 */
export async function storeFolderArchive(
  store: ObjectStore,
  folders: readonly string[],
  { bucket, prefix: key }: S3Location,
): Promise<boolean> {
  const files = new Map<string, string>();
  for (const folder of folders) {
    for (const name of scanFolder(folder).keys()) files.set(name, path.join(folder, name));
  }
  if (files.size === 0) return false;
  const entries = [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, file]) => ({ name, file }));
  const source = Readable.from(tarArchive(entries), { objectMode: false });
  const gzip = createGzip();
  source.once("error", (error) => gzip.destroy(error));
  source.pipe(gzip);
  await store.put(bucket, key, gzip);
  return true;
}
