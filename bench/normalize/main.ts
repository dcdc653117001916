import { execFileSync, spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { photographs } from "../../cli/job/photographs";
import { percentile } from "../../cli/job/readings";
import { DEFAULT_TRANSFORMATION } from "../../contracts/transformation";
import { normalizeImage, normalizePixels } from "../../functions/normalize/image";
import { privateVenv } from "../../test/clients/privateVenv";
import { measuredOn, writeBenchmarkTable } from "../benchmarkTable";
import { PROFILE_HEAD, profileRows } from "./profile";

/**
 * CPU per image of the default transformation against OpenCV from PyPI, in the same run: decode, resize and encode in
 * one thread, rounds alternating picture by picture, medians, and the ratio as the median of each round's own.
 *
 * @example npm run bench:normalize
 * @example npm run bench:normalize -- --write   # also replaces the table in docs/benchmarks.md
 * @example npm run bench:normalize -- small medium-png   # these sources alone
 * @example npm run bench:normalize -- --profile   # what takes how much of ours, without the peers; also with sources
 */

/**
 * What OpenCV is asked to do: as the seed does it, tuned to decode grey, and with reduced decoding, which it has for JPEG
 * alone: everything else is decoded whole.
 */
const PEERS = ["seed", "tuned", "half", "quarter", "eighth"] as const;
type Peer = (typeof PEERS)[number];

const SOURCES: Readonly<Record<string, string>> = {
  small: "0.2 MP",
  medium: "0.8 MP",
  "medium-icc": "0.8 MP 4:4:4, ICC",
  "large-smooth": "12 MP smooth",
  "large-detailed": "12 MP detailed",
  "medium-progressive": "0.8 MP progressive",
  "large-progressive": "12 MP progressive",
  "medium-png": "0.8 MP PNG",
  "medium-webp": "0.8 MP WebP",
};

/**
 * How often each peer takes its turn with a picture, and how often it normalises it then, after once that is not timed:
 * the cost of waking a process is no part of a picture's.
 */
const TURNS = { small: { rounds: 15, times: 8 }, large: { rounds: 7, times: 2 } };
/** What is profiled unless sources are named. */
const PROFILED = ["small", "medium-progressive", "medium-png", "medium-webp"];
/** Pictures before the first that is timed: an instance compiles its code once and then normalises for hours. */
const WARM_UP = 150;
const PICTURES = 3;

async function main(args: readonly string[]): Promise<void> {
  const root = path.resolve(__dirname, "../..");
  const programs = await privateVenv(path.join(root, ".build", "bench"), path.join(__dirname, "requirements.txt"));
  const python = path.join(programs, "python");
  const folder = await mkdtemp(path.join(tmpdir(), "frugal-ml-bench-"));
  try {
    const originals = (await photographs()).slice(0, PICTURES).map(({ file }) => file);
    execFileSync(python, [path.join(__dirname, "make_sources.py"), folder, ...originals], { stdio: "inherit" });
    const named = args.filter((word) => word in SOURCES);
    const [write, profile] = [args.includes("--write"), args.includes("--profile")];
    if (args.length > named.length + Number(write) + Number(profile) || (write && named.length > 0)) {
      throw new Error(
        `Given ${args.join(" ")}; allowed: --write, --profile, and without --write some of ${Object.keys(SOURCES).join(", ")}.`,
      );
    }
    if (profile) {
      const rows = await profiled(folder, named.length > 0 ? named : PROFILED);
      console.log(rows);
      if (write) await writeBenchmarkTable("opencv-profile", rows);
      return;
    }
    const table = await measure(python, folder, named.length > 0 ? named : Object.keys(SOURCES));
    console.log(table);
    if (write) await writeBenchmarkTable("opencv", table);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The first picture of each source, part by part. */
async function profiled(folder: string, sources: readonly string[]): Promise<string> {
  const rows: string[] = [];
  const files = await readdir(folder);
  for (const source of sources) {
    const file = files.find((name) => name.startsWith(`${source}.0.`)) ?? "";
    const { times } = source.startsWith("large") ? TURNS.large : TURNS.small;
    rows.push(...(await profileRows(SOURCES[source] ?? source, await readFile(path.join(folder, file)), times)));
  }
  return [`${measuredOn()}; the first photograph of each.`, "", ...PROFILE_HEAD, ...rows].join("\n");
}

async function measure(python: string, folder: string, sources: readonly string[]): Promise<string> {
  const child = spawn(python, [path.join(__dirname, "opencv_peer.py")], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (...words: readonly string[]): Promise<string> => {
    child.stdin.write(`${words.join("\t")}\n`);
    return String((await lines.next()).value);
  };
  const rows: string[] = [];
  const files = (await readdir(folder)).sort();
  const warm = await readFile(path.join(folder, "small.0.jpg"));
  for (let turn = 0; turn < WARM_UP; turn++) await normalizeImage(warm, DEFAULT_TRANSFORMATION);
  for (const source of sources) {
    const title = SOURCES[source] ?? source;
    const pictures = files.filter((file) => file.split(".")[0] === source).map((file) => path.join(folder, file));
    rows.push(await row(title, pictures, ask, folder));
    console.error(rows.at(-1));
  }
  child.stdin.end();
  return [
    `${measuredOn()}; OpenCV of bench/normalize/requirements.txt, one thread; ${PICTURES} photographs each, medians.`,
    "",
    "| source | ours, CPU ms | seed | tuned | ratio to seed | ratio to tuned | ratio to reduced ½ ¼ ⅛ | worst dB, mean difference | reduced ½, dB |",
    "|---|---:|---:|---:|---:|---:|---|---|---:|",
    ...rows,
  ].join("\n");
}

async function row(
  title: string,
  pictures: readonly string[],
  ask: (...words: readonly string[]) => Promise<string>,
  folder: string,
): Promise<string> {
  const ours: number[] = [];
  const times = new Map<Peer, number[]>(PEERS.map((peer) => [peer, []]));
  const ratios = new Map<Peer, number[]>(PEERS.map((peer) => [peer, []]));
  let [worst, mean, reduced] = [Number.POSITIVE_INFINITY, 0, Number.POSITIVE_INFINITY];
  const pixels = path.join(folder, "pixels.raw");
  for (const picture of pictures) {
    const bytes = await readFile(picture);
    await writeFile(pixels, (await normalizePixels(bytes, DEFAULT_TRANSFORMATION)).data);
    const [decibels = 0, difference = 0] = (await ask("compare:ours", picture, pixels)).split(" ").map(Number);
    worst = Math.min(worst, decibels);
    mean = Math.max(mean, difference);
    reduced = Math.min(reduced, Number((await ask("compare:half", picture)).split(" ")[0]));
    const { rounds, times: repeats } = title.startsWith("12") ? TURNS.large : TURNS.small;
    for (let round = 0; round < rounds; round++) {
      for (const peer of PEERS) {
        // Ours before each peer: whoever waits for the others finds cold caches, so everyone must wait alike.
        const mine = await ownCpu(bytes, repeats);
        const time = Number(await ask(peer, picture, String(repeats)));
        ours.push(mine);
        times.get(peer)?.push(time);
        ratios.get(peer)?.push(time / mine);
      }
    }
  }
  const median = (values: readonly number[] | undefined): string => percentile(values ?? [], 0.5).toFixed(2);
  const reducedRatios = (["half", "quarter", "eighth"] as const).map((peer) => median(ratios.get(peer))).join(" ");
  return `| ${title} | ${median(ours)} | ${median(times.get("seed"))} | ${median(times.get("tuned"))} | ${median(ratios.get("seed"))} | ${median(ratios.get("tuned"))} | ${reducedRatios} | ${worst.toFixed(1)}, ${mean.toFixed(3)} | ${reduced.toFixed(1)} |`;
}

/** CPU milliseconds of one image, the mean of some in a row, after one that is not timed: caches warm, as the peer's are. */
async function ownCpu(bytes: Uint8Array, repeats: number): Promise<number> {
  await normalizeImage(bytes, DEFAULT_TRANSFORMATION);
  const before = process.cpuUsage();
  for (let turn = 0; turn < repeats; turn++) await normalizeImage(bytes, DEFAULT_TRANSFORMATION);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / repeats;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error("bench:normalize:", error);
  process.exitCode = 2;
});
