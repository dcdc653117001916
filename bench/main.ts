import { readFile } from "node:fs/promises";
import path from "node:path";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { captureGraph } from "../cli/graph/captureGraph";
import { type DeliveryReader, deliveryReader, planeS3Client } from "../cli/job/deliveryReader";
import { photographs } from "../cli/job/photographs";
import { percentile } from "../cli/job/readings";
import { LocalFunction } from "../cli/local/lambda/localFunction";
import { LocalPlane } from "../cli/local/localPlane";
import { Delivery } from "../contracts/delivery";
import { measuredOn, writeBenchmarkTable } from "./benchmarkTable";

/**
 * Images per second, latency and CPU per image through the access point of stack `local`, for each delivery and for
 * one, two and sixteen readers. Rounds alternate between the cases, so that what else the machine does falls on all
 * alike; each figure is the median of its rounds.
 *
 * @example npm run bench
 * @example npm run bench -- --write   # also replaces the table in docs/benchmarks.md
 */

const ROOT = path.resolve(__dirname, "..");

const ROUNDS = 5;
const ROUND_SECONDS = 2;
const READERS = [1, 2, 16];

/** One delivery read by so many readers at once. */
interface Case {
  readonly reader: DeliveryReader;
  readonly readers: number;
  readonly rounds: Round[];
}

/** What one round measured. */
interface Round {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** CPU of the function's processes, without that of the reader and of the store. */
  readonly cpuMs: number;
}

async function main(args: readonly string[]): Promise<void> {
  const plane = await LocalPlane.listen({ port: 0, region: "us-east-1", program: ROOT });
  const client = planeS3Client(plane.manifest());
  try {
    const { provider } = plane;
    await plane.start(await captureGraph({ program: ROOT, stack: "local", mode: "resolved", provider }));
    const manifest = plane.manifest();
    const pictures = await photographs();
    const cases: Case[] = [];
    for (const accessPoint of manifest.accessPoints) {
      for (const { file, key } of pictures) {
        await client.send(new PutObjectCommand({ Bucket: accessPoint.bucket, Key: key, Body: await readFile(file) }));
      }
      const reader = deliveryReader(accessPoint, manifest, client);
      for (const readers of READERS) cases.push({ reader, readers, rounds: [] });
    }
    const keys = pictures.map(({ key }) => key);
    const [lambda] = plane.all(LocalFunction);
    if (lambda === undefined) throw new Error(`stack local runs no function: ${plane.skipped.join("; ")}`);
    // The first round of each case starts processes and compiles code; it is not counted.
    for (let round = 0; round <= ROUNDS; round++) {
      for (const one of cases) {
        const measured = await measure(one, keys, lambda);
        if (round > 0) one.rounds.push(measured);
      }
    }
    const table = render(cases, pictures.length);
    console.log(table);
    if (args.includes("--write")) await writeBenchmarkTable("normalize", table);
  } finally {
    client.destroy();
    await plane.stop();
  }
}

/** Reads photographs in turn for some seconds. */
async function measure({ reader, readers }: Case, keys: readonly string[], lambda: LocalFunction): Promise<Round> {
  const before = lambda.usage;
  const milliseconds: number[] = [];
  const started = performance.now();
  const readOn = async (offset: number): Promise<void> => {
    for (let turn = offset; performance.now() - started < ROUND_SECONDS * 1000; turn++) {
      const asked = performance.now();
      await reader.read(keys[turn % keys.length] ?? "");
      milliseconds.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: readers }, (_, index) => readOn(Math.floor((index * keys.length) / readers))));
  const seconds = (performance.now() - started) / 1000;
  const after = lambda.usage;
  return {
    perSecond: milliseconds.length / seconds,
    p50Ms: percentile(milliseconds, 0.5),
    p99Ms: percentile(milliseconds, 0.99),
    cpuMs: (after.cpuMs - before.cpuMs) / Math.max(1, after.invocations - before.invocations),
  };
}

function render(cases: readonly Case[], images: number): string {
  const median = (rounds: readonly Round[], figure: keyof Round): string =>
    percentile(
      rounds.map((round) => round[figure]),
      0.5,
    ).toFixed(1);
  const rows = cases.map(({ reader, readers, rounds }) => {
    const figures = (["perSecond", "p50Ms", "p99Ms"] as const).map((figure) => median(rounds, figure));
    // A derived object was made before it is read: no function runs for the reader.
    const isStored = reader.accessPoint.delivery === Delivery.Materialized;
    const cpuMs = median(rounds, "cpuMs");
    figures.push(...(isStored ? ["–", "–"] : [cpuMs, (1000 / Number(cpuMs)).toFixed(1)]));
    return `| ${reader.accessPoint.delivery} | ${readers} | ${figures.join(" | ")} |`;
  });
  return [
    `${measuredOn()}; ${images} photographs in turn, ${ROUNDS} alternated rounds of ${ROUND_SECONDS} s, medians.`,
    "",
    "| delivery | readers | images/s | p50 ms | p99 ms | CPU ms per image | images/s per core |",
    "|---|---:|---:|---:|---:|---:|---:|",
    ...rows,
  ].join("\n");
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error("bench:", error);
  process.exitCode = 2;
});
