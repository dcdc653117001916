import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { Delivery } from "../../../contracts/delivery";
import { inParallel } from "../../../contracts/inParallel";
import type { LocalAccessPoint } from "../../../contracts/localManifest";
import type { RunSummary } from "../../../contracts/runSummary";
import { waitUntilComplete } from "../../../derived/completeness";
import { LocalFunction } from "../../local/lambda/localFunction";
import { type DeliveryReader, deliveryReader, planeS3Client } from "../deliveryReader";
import type { JobPart } from "../jobPart";
import { KeptPictures } from "../keptPictures";
import { type Photograph, photographs } from "../photographs";
import { percentile, rounded } from "../readings";
import { verifyAnswers } from "../verifyAnswers";

/** Seconds for which throughput is measured. */
const MEASURED_SECONDS = 4;

/** Longest wait for the queue to be worked off, in seconds. */
const MATERIALIZED_SECONDS = 20;

/** Uploads photographs, reads each through every delivery, verifies each answer, and measures the reading. */
export const normalizePart: JobPart<"normalize"> = {
  name: "normalize",
  budgetSeconds: 30,

  async run({ plane, images, out, progress }) {
    const manifest = plane.manifest();
    // What a team's own module makes of a photograph, only the team knows.
    const accessPoints = manifest.accessPoints.filter(({ module }) => module === undefined);
    const client = planeS3Client(manifest);
    const pictures = await photographs(images);
    const failures: string[] = [];
    const kept = await KeptPictures.in(out);
    try {
      for (const [name, readers] of byName(
        accessPoints.map((accessPoint) => deliveryReader(accessPoint, manifest, client)),
      )) {
        const bucket = readers[0]?.accessPoint.bucket ?? name;
        await upload(client, bucket, pictures, progress);
        for (const { accessPoint } of readers) {
          if (accessPoint.delivery === Delivery.Materialized) await materialized(client, accessPoint, progress);
        }
        await inParallel(pictures, availableParallelism(), async (picture) => {
          failures.push(...(await readAndVerify(picture, readers, kept)));
          progress(`${name}: ${picture.key}`);
        });
      }
      // What is materialized was made already: reading it says nothing of the function.
      const all = accessPoints
        .filter(({ delivery }) => delivery !== Delivery.Materialized)
        .map((accessPoint) => deliveryReader(accessPoint, manifest, client));
      const figures =
        failures.length > 0 ? NOTHING_MEASURED : await measure(all, pictures, plane.all(LocalFunction), progress);
      const deliveries = [...new Set(accessPoints.map(({ delivery }) => delivery))];
      const line = `${pictures.length} photographs through ${deliveries.join(" and ")}: ${figures.perSecond} reads/s, p50 ${figures.p50Ms} ms, p99 ${figures.p99Ms} ms, ${figures.cpuMsPerImage} CPU ms each`;
      return { line, figures: { ...figures, images: pictures.length }, failures, pictures: kept.pictures };
    } finally {
      client.destroy();
    }
  },
};

const NOTHING_MEASURED: RunSummary["normalize"] = { images: 0, perSecond: 0, p50Ms: 0, p99Ms: 0, cpuMsPerImage: 0 };

function byName(readers: readonly DeliveryReader[]): Map<string, DeliveryReader[]> {
  const groups = new Map<string, DeliveryReader[]>();
  for (const reader of readers) {
    const { name } = reader.accessPoint;
    groups.set(name, [...(groups.get(name) ?? []), reader]);
  }
  return groups;
}

async function upload(
  client: S3Client,
  bucket: string,
  pictures: readonly Photograph[],
  progress: (text: string) => void,
): Promise<void> {
  await inParallel(pictures, availableParallelism(), async ({ file, key }) => {
    progress(`uploading ${key}`);
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: await readFile(file) }));
  });
}

/** Waits until what was uploaded is derived; what is not in time, or cannot be, is found missing when it is read. */
async function materialized(
  client: S3Client,
  { name, bucket, alias, hash }: LocalAccessPoint,
  progress: (text: string) => void,
): Promise<void> {
  progress(`${name}: waiting for what is materialized`);
  await waitUntilComplete(client, { source: bucket, derived: alias, hash }, MATERIALIZED_SECONDS);
}

async function readAndVerify(
  picture: Photograph,
  readers: readonly DeliveryReader[],
  kept: KeptPictures,
): Promise<readonly string[]> {
  const failures: string[] = [];
  const answers: { delivery: string; bytes: Uint8Array }[] = [];
  for (const { accessPoint, read } of readers) {
    try {
      answers.push({ delivery: accessPoint.delivery, bytes: await read(picture.key) });
    } catch (error) {
      failures.push(
        `${picture.key} through ${accessPoint.delivery}: ${error instanceof Error ? error.message : error}`,
      );
    }
  }
  const [answer] = answers;
  if (answer !== undefined) await kept.keep(picture, answer.bytes);
  const transformation = readers[0]?.accessPoint.transformation;
  if (transformation && answers.length > 0) failures.push(...(await verifyAnswers(picture, answers, transformation)));
  return failures;
}

/** Reads again and again from as many clients as there are processors, deliveries and photographs in turn. */
async function measure(
  readers: readonly DeliveryReader[],
  pictures: readonly Photograph[],
  functions: readonly LocalFunction[],
  progress: (text: string) => void,
): Promise<RunSummary["normalize"]> {
  const before = totalUsage(functions);
  const milliseconds: number[] = [];
  const started = performance.now();
  const client = async (offset: number): Promise<void> => {
    for (let turn = offset; performance.now() - started < MEASURED_SECONDS * 1000; turn++) {
      const reader = readers[turn % readers.length];
      const picture = pictures[Math.floor(turn / readers.length) % pictures.length];
      if (!reader || !picture) return;
      const asked = performance.now();
      await reader.read(picture.key);
      milliseconds.push(performance.now() - asked);
      progress(`measuring: ${milliseconds.length} reads`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, (_, index) => client(index)));
  const seconds = (performance.now() - started) / 1000;
  const after = totalUsage(functions);
  return {
    images: pictures.length,
    perSecond: rounded(milliseconds.length / seconds),
    p50Ms: rounded(percentile(milliseconds, 0.5)),
    p99Ms: rounded(percentile(milliseconds, 0.99)),
    cpuMsPerImage: rounded((after.cpuMs - before.cpuMs) / Math.max(1, after.invocations - before.invocations)),
  };
}

function totalUsage(functions: readonly LocalFunction[]): { readonly cpuMs: number; readonly invocations: number } {
  const usages = functions.map(({ usage }) => usage);
  return {
    cpuMs: usages.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    invocations: usages.reduce((sum, { invocations }) => sum + invocations, 0),
  };
}
