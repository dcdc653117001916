import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import path from "node:path";
import { captureGraph } from "../cli/graph/captureGraph";
import { percentile } from "../cli/job/readings";
import { ExecutionEnvironment } from "../cli/local/lambda/executionEnvironment";
import { LocalFunction } from "../cli/local/lambda/localFunction";
import { LocalPlane } from "../cli/local/localPlane";
import { measuredOn, writeBenchmarkTable } from "./benchmarkTable";

/**
 * Initialisation of the packed function: from the start of its process to its first request for an event. An empty
 * program of Node.js alternates with it, so that the share which is ours can be told.
 *
 * @example npm run bench:init
 * @example npm run bench:init -- --write   # also replaces the table in docs/benchmarks.md
 */

const ROOT = path.resolve(__dirname, "..");
const STARTS = 41;

async function main(args: readonly string[]): Promise<void> {
  const plane = await LocalPlane.listen({ port: 0, region: "us-east-1", program: ROOT });
  try {
    const { provider } = plane;
    await plane.start(await captureGraph({ program: ROOT, stack: "local", mode: "resolved", provider }));
    const [lambda] = plane.all(LocalFunction);
    if (lambda === undefined) throw new Error(`stack local runs no function: ${plane.skipped.join("; ")}`);
    const empty: number[] = [];
    const ours: number[] = [];
    // The first start of each reads files that later ones find in memory; it is not counted.
    for (let turn = 0; turn <= STARTS; turn++) {
      const [nodeMs, functionMs] = [emptyStart(), await functionStart(lambda)];
      if (turn === 0) continue;
      empty.push(nodeMs);
      ours.push(functionMs);
    }
    const archive = statSync(path.join(ROOT, "dist", "functions", "normalize.zip")).size / 1024 / 1024;
    const row = (title: string, values: readonly number[]): string =>
      `| ${title} | ${percentile(values, 0.5).toFixed(0)} | ${percentile(values, 0.99).toFixed(0)} |`;
    const table = [
      `${measuredOn()}; ${STARTS} starts each. The archive has ${archive.toFixed(1)} MB of 2^20 bytes, zipped.`,
      "",
      "| process | p50 ms | p99 ms |",
      "|---|---:|---:|",
      row("the function", ours),
      row("an empty program", empty),
    ].join("\n");
    console.log(table);
    if (args.includes("--write")) await writeBenchmarkTable("init", table);
  } finally {
    await plane.stop();
  }
}

function emptyStart(): number {
  const started = performance.now();
  spawnSync(process.execPath, ["-e", ""]);
  return performance.now() - started;
}

async function functionStart({ settings }: LocalFunction): Promise<number> {
  const started = performance.now();
  const environment = await ExecutionEnvironment.start(settings);
  try {
    const { begun, answer } = environment.invoke("{}");
    // The event is no delivery's: the function refuses it, which is not measured.
    answer.catch(() => undefined);
    await begun;
    return performance.now() - started;
  } finally {
    await environment.stop();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error("bench:init:", error);
  process.exitCode = 2;
});
