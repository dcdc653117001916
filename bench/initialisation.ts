import { readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { captureGraph } from "../cli/graph/captureGraph";
import { planeS3Client } from "../cli/job/deliveryReader";
import { type Photograph, photographs } from "../cli/job/photographs";
import { percentile } from "../cli/job/readings";
import { ExecutionEnvironment, type FunctionSettings } from "../cli/local/lambda/executionEnvironment";
import { splitPrelude } from "../cli/local/lambda/httpPrelude";
import { LocalFunction } from "../cli/local/lambda/localFunction";
import { LocalPlane } from "../cli/local/localPlane";
import { Delivery } from "../contracts/delivery";
import { NormalizeEnvironment } from "../contracts/normalizeEnvironment";
import { measuredOn, writeBenchmarkTable } from "./benchmarkTable";

/**
 * How long a new process of the packed function takes until it asks the Runtime API for its first event, and until the
 * first picture is answered; and how large its archive is. Processes start one after another, each a new one, with the
 * settings of stack `local`. Ends with 1 when a bound is not kept.
 *
 * @example npm run bench:init
 * @example npm run bench:init -- --write   # also replaces the table in docs/benchmarks.md
 */

const ROOT = path.resolve(__dirname, "..");
const ARCHIVE = path.join(ROOT, "dist", "functions", "normalize.zip");

/** Starts that count; so few that their 99th percentile is their maximum. */
const STARTS = 31;

/** Bounds on the median initialisation, Node.js's own start included, and on the archive. */
const MOST_MS = 300;
const MOST_MB = 12;

/** What the probe writes before the time at which a process runs its first line. */
const MARK = "first-instruction ";

/** One cold start; milliseconds since the process was asked for. */
interface ColdStart {
  /** First JavaScript of the process; Node.js itself has started. */
  readonly codeMs: number;
  /** First `GET next`. */
  readonly readyMs: number;
  /** Last byte of the first picture, which was asked for as soon as the process was ready. */
  readonly pictureMs: number;
  /** From the first JavaScript to the first `GET next`. */
  readonly loadMs: number;
  /** From the first `GET next` to the last byte of the first picture. */
  readonly answerMs: number;
}

async function main(args: readonly string[]): Promise<number> {
  const plane = await LocalPlane.listen({ port: 0, region: "us-east-1", program: ROOT });
  const client = planeS3Client(plane.manifest());
  try {
    const { provider } = plane;
    await plane.start(await captureGraph({ program: ROOT, stack: "local", mode: "resolved", provider }));
    const accessPoint = plane.manifest().accessPoints.find(({ delivery }) => delivery === Delivery.FunctionUrl);
    const lambda = plane.all(LocalFunction).find(({ settings }) => NormalizeEnvironment.Source in settings.environment);
    const [picture] = await photographs();
    if (!accessPoint || !lambda || !picture) throw new Error(`stack local has no function URL: ${plane.skipped.join()}`);
    const original = await readFile(picture.file);
    await client.send(new PutObjectCommand({ Bucket: accessPoint.bucket, Key: picture.key, Body: original }));
    const probe = path.join(plane.folder, "probe.cjs");
    await writeFile(probe, `console.error(${JSON.stringify(MARK)} + (performance.timeOrigin + performance.now()));\n`);
    const starts: ColdStart[] = [];
    // The first start reads the files from the disk; it is not counted.
    for (let turn = 0; turn <= STARTS; turn++) {
      const start = await coldStart(lambda.settings, probe, picture);
      if (turn > 0) starts.push(start);
    }
    const archiveMb = (await stat(ARCHIVE)).size / 1024 / 1024;
    const table = render(starts, archiveMb);
    console.log(table);
    if (args.includes("--write")) await writeBenchmarkTable("initialisation", table);
    return median(starts, "readyMs") <= MOST_MS && archiveMb <= MOST_MB ? 0 : 1;
  } finally {
    client.destroy();
    await plane.stop();
  }
}

/** Starts one process, reads one picture and ends the process. */
async function coldStart(settings: FunctionSettings, probe: string, { key }: Photograph): Promise<ColdStart> {
  let codeAt = 0;
  const asked = performance.now();
  const environment = await ExecutionEnvironment.start({
    ...settings,
    environment: { ...settings.environment, NODE_OPTIONS: `--require ${JSON.stringify(probe)}` },
    log: (line) => {
      // Each process counts from its own beginning; the wall clock joins the two.
      if (line.startsWith(MARK)) codeAt = Number(line.slice(MARK.length)) - performance.timeOrigin;
    },
  });
  try {
    const invocation = environment.invoke(JSON.stringify(urlEvent(key)));
    let readyAt = 0;
    void invocation.begun.then(() => {
      readyAt = performance.now();
    });
    const { metadata, body } = await splitPrelude((await invocation.answer).body);
    const { length } = await buffer(body);
    const pictureAt = performance.now();
    if (metadata.statusCode !== 200 || length === 0) throw new Error(`the first picture: ${metadata.statusCode}`);
    await invocation.settled;
    if (codeAt === 0) throw new Error("the process did not say when it began");
    return {
      codeMs: codeAt - asked,
      readyMs: readyAt - asked,
      pictureMs: pictureAt - asked,
      loadMs: readyAt - codeAt,
      answerMs: pictureAt - readyAt,
    };
  } finally {
    await environment.stop();
  }
}

/** The event of a function URL, as much as the function reads of it. */
function urlEvent(key: string): object {
  const rawPath = `/${key.split("/").map(encodeURIComponent).join("/")}`;
  return { rawPath, rawQueryString: "", headers: {}, requestContext: { http: { method: "GET" } } };
}

function median(starts: readonly ColdStart[], figure: keyof ColdStart): number {
  return percentile(
    starts.map((start) => start[figure]),
    0.5,
  );
}

function render(starts: readonly ColdStart[], archiveMb: number): string {
  const row = (text: string, figure: keyof ColdStart, bound = "–"): string => {
    const most = Math.max(...starts.map((start) => start[figure]));
    return `| ${text} | ${median(starts, figure).toFixed(0)} | ${most.toFixed(0)} | ${bound} |`;
  };
  return [
    `${measuredOn()}; ${STARTS} starts, one after another. Archive for linux-arm64: ${archiveMb.toFixed(1)} MB of 2^20 bytes, at most ${MOST_MB}.`,
    "",
    "| phase | p50 ms | max ms | p50 at most |",
    "|---|---:|---:|---:|",
    row("start of Node.js, until its first line of JavaScript", "codeMs"),
    row("loading the function, until its first `GET next`", "loadMs"),
    row("**initialisation**, both of them", "readyMs", `${MOST_MS}`),
    row("first picture, from `GET next` to its last byte", "answerMs"),
    row("all, from the start of the process to the first picture", "pictureMs"),
  ].join("\n");
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error("bench:", error);
    process.exitCode = 2;
  },
);
