import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { InputSource } from "./inputSource";

/** Files that are written at once. */
const WIDTH = 16;

/** How an input is spread over instances. */
export type Distribution = "FullyReplicated" | "ShardedByS3Key";

/**
 * Fills the folder of an input on one instance. With `ShardedByS3Key` the objects are dealt in the order of their keys:
 * the i-th goes to instance i mod N (docs.aws.amazon.com/sagemaker/latest/APIReference/API_S3DataSource.html says that
 * each gets about 1/N of the objects, by number).
 */
export async function fillInputFolder(
  source: InputSource,
  folder: string,
  { distribution, instance, instances }: { distribution: Distribution; instance: number; instances: number },
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const mine = source.objects.filter(
    (_, index) => distribution === "FullyReplicated" || index % instances === instance,
  );
  const folders = new Set(mine.map((object) => path.dirname(object.path)));
  for (const name of folders) await mkdir(path.join(folder, name), { recursive: true });
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let object = mine[next++]; object !== undefined; object = mine[next++]) {
      await source.fetch(object.key, path.join(folder, object.path));
    }
  };
  await Promise.all(Array.from({ length: WIDTH }, worker));
}
