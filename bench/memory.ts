import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ALLOCATOR_ENVIRONMENT } from "../contracts/normalizeEnvironment";
import { DEFAULT_TRANSFORMATION } from "../contracts/transformation";
import { DEFAULT_IMAGE_LIMITS, normalizeImage } from "../functions/normalize/image";
import { measuredOn, writeBenchmarkTable } from "./benchmarkTable";
import { LIMITED_PICTURES, normalizedWithin, writeLargestPicture } from "./largestPictures";
import { MEMORY_PICTURES, picture } from "./memoryPictures";

/**
 * Largest resident memory of a process that normalises one picture, for each format and size. Each case runs in a
 * process of its own, because the system tells the peak of a process only once. Then the largest picture of each kind
 * that functions of some memories accept: exit code 1 when one needs more than its function has. Linux only.
 *
 * @example npm run bench:memory
 * @example npm run bench:memory -- --write   # also replaces the tables in docs/benchmarks.md
 */

/** Width and height of the pictures, in pixels; the first tells what the process holds before it decodes. */
const SIZES = [
  [64, 48],
  [3000, 2000],
  [6000, 4000],
] as const;

/** Memories of functions in MB whose pixel limits are tried: a small one, and the default. */
const MEMORIES = [256, 512] as const;

/** Normalises one file and prints the peak of this process in MB. */
async function one(file: string): Promise<void> {
  // Within the limit on bytes: what is refused takes no memory. The one on pixels is derived from these figures.
  const limits = { ...DEFAULT_IMAGE_LIMITS, pixels: Number.POSITIVE_INFINITY };
  await normalizeImage(readFileSync(file), DEFAULT_TRANSFORMATION, limits);
  const peak = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
  process.stdout.write(String(Number(peak) / 1024));
}

async function main(args: readonly string[]): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "frugal-ml-memory-"));
  try {
    const rows: string[] = [];
    for (const [name, encode] of Object.entries(MEMORY_PICTURES)) {
      const peaks: number[] = [];
      let fileMb = 0;
      for (const [width, height] of SIZES) {
        const file = path.join(folder, "picture");
        const encoded = await encode(picture(width, height), width).toBuffer();
        fileMb = encoded.length / 1024 / 1024;
        writeFileSync(file, encoded);
        const printed = execFileSync(process.execPath, ["--import", "tsx", __filename, "--one", file], {
          env: { ...process.env, ...ALLOCATOR_ENVIRONMENT },
        });
        peaks.push(Number(printed.toString("latin1")));
      }
      const [base = 0, , largest = 0] = peaks;
      rows.push(
        `| ${name} | ${peaks.map((peak) => peak.toFixed(0)).join(" | ")} | ${((largest - base) / 24).toFixed(1)} | ${fileMb.toFixed(1)} |`,
      );
      console.error(rows.at(-1));
    }
    const table = [
      `${measuredOn()}; MB of 2^20 bytes.`,
      "",
      "| format | 64 × 48 | 6 MP | 24 MP | MB per megapixel | file of 24 MP, MB |",
      "|---|---:|---:|---:|---:|---:|",
      ...rows,
    ].join("\n");
    console.log(table);
    const largest = await largestTable(folder);
    console.log(largest);
    if (!args.includes("--write")) return;
    await writeBenchmarkTable("memory", table);
    await writeBenchmarkTable("memory-limits", largest);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the largest pictures that are accepted take. */
async function largestTable(folder: string): Promise<string> {
  const rows: string[] = [];
  for (const name of Object.keys(LIMITED_PICTURES)) {
    const cells: string[] = [];
    for (const memoryMb of MEMORIES) {
      const file = path.join(folder, "largest");
      const pixels = await writeLargestPicture(name, memoryMb, file);
      const { peakMb, status, error } = normalizedWithin(memoryMb, file);
      if (status !== 0) throw new Error(`${name} with ${memoryMb} MB: ${error}`);
      if (peakMb > memoryMb) process.exitCode = 1;
      cells.push((pixels / 1_000_000).toFixed(1), peakMb.toFixed(0));
    }
    rows.push(`| ${name} | ${cells.join(" | ")} |`);
    console.error(rows.at(-1));
  }
  const heads = MEMORIES.map((memoryMb) => `MP at ${memoryMb} MB | peak, MB`);
  return [
    `${measuredOn()}; MB of 2^20 bytes.`,
    "",
    `| format | ${heads.join(" | ")} |`,
    `|---|${"---:|".repeat(2 * MEMORIES.length)}`,
    ...rows,
  ].join("\n");
}

const [flag, file] = process.argv.slice(2);
(flag === "--one" && file !== undefined ? one(file) : main(process.argv.slice(2))).catch((error: unknown) => {
  console.error("bench:", error);
  process.exitCode = 2;
});
