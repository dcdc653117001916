import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { loadavg } from "node:os";
import path from "node:path";
import { captureGraph } from "../../cli/graph/captureGraph";
import { packs } from "../../policy/packs";
import { privateVenv } from "../../test/clients/privateVenv";
import { measuredOn, writeBenchmarkTable } from "../benchmarkTable";
import { isMet } from "../fleet/bounds";
import { evaluationBounds, wallTimeBounds } from "./bounds";
import { contestants, type Workload } from "./contestants";
import { type Evaluated, measureEvaluation } from "./evaluation";
import { exportedState } from "./exportedState";
import { GUARD_VERSION, guardCommand } from "./guard";
import { readOptions } from "./options";
import { peerVersion } from "./peerVersion";
import { evaluationTable, wallTimeTable } from "./tables";
import { template } from "./template";
import { measureWallTimes, type WallTimes } from "./wallTimes";

const ROOT = path.resolve(__dirname, "../..");
const PROGRAM_FOLDER = path.join(__dirname, "program");

/** Resources of the workloads; the program has a stack of each. */
const SIZES = [12, 100, 500] as const;

/**
 * `frugal-ml check`, as it is installed, against checkov from PyPI and cfn-guard from crates.io on an equivalent
 * CloudFormation template, by turns; and what all rules take over thousands of resources. Exits with 1 when a bound is missed.
 *
 * @example npm run bench:policy
 * @example npm run bench:policy -- --write   # also replaces the table in docs/benchmarks.md
 * @example npm run bench:policy -- --quick
 */
async function main(args: readonly string[]): Promise<void> {
  const { rounds, write } = readOptions(args);
  const cli = path.join(ROOT, "dist", "cli", "main.js");
  if (!existsSync(cli)) throw new Error("There is no dist/cli/main.js; npm run build makes it.");
  const build = path.join(ROOT, ".build", "bench");
  const folder = path.join(build, "policy");
  const programs = await privateVenv(path.join(folder, "venv"), path.join(__dirname, "requirements.txt"));
  const guard = await guardCommand(path.join(folder, "cfn-guard"));
  const tools = { cli, checkov: path.join(programs, "checkov"), guard };
  const [loadBefore = 0] = loadavg();

  const measured: WallTimes[] = [];
  let evaluated: readonly Evaluated[] = [];
  for (const resources of SIZES) {
    const workload = await writeWorkload(resources, path.join(folder, String(resources)));
    measured.push(await measureWallTimes(resources, contestants(workload, tools), rounds));
  }
  const graph = await captureGraph({ program: PROGRAM_FOLDER, stack: stackOf(SIZES[0]), mode: "preview" });
  evaluated = measureEvaluation(graph, Math.max(rounds, 5));

  const peers = [
    `checkov ${await peerVersion("checkov")}`,
    ...(guard === undefined ? [] : [`cfn-guard ${GUARD_VERSION}`]),
  ];
  const rules = Object.values(packs).flat().length;
  const table = [
    `${measuredOn()}; ${peers.join(", ")}; ${rounds} rounds by turns, medians. Load average of the machine before: ${loadBefore.toFixed(1)}.`,
    wallTimeTable(measured),
    `All ${rules} rules in one process, without reading the program:`,
    evaluationTable(evaluated),
  ].join("\n\n");
  console.log(table);
  if (write) await writeBenchmarkTable("policy", table);
  const bounds = [...wallTimeBounds(measured), ...evaluationBounds(evaluated)].map((bound) => ({
    ...bound,
    met: isMet(bound),
  }));
  const wallTimes = measured.map(({ resources, times }) => ({ resources, times: Object.fromEntries(times) }));
  const report = { measuredOn: measuredOn(), loadBefore, bounds, wallTimes, evaluated };
  await writeFile(path.join(build, "policy.json"), `${JSON.stringify(report, null, 2)}\n`);
  for (const { name, value, most, met } of bounds) {
    console.log(`${met ? "Met" : "Missed"}: ${name}: ${value.toFixed(3)}, asked at most ${most}.`);
  }
  if (bounds.some(({ met }) => !met)) process.exitCode = 1;
}

function stackOf(resources: number): string {
  return `r${resources}`;
}

async function writeWorkload(resources: number, folder: string): Promise<Workload> {
  const stack = stackOf(resources);
  const [state, file] = [path.join(folder, "state.json"), path.join(folder, "template.json")];
  await mkdir(folder, { recursive: true });
  await writeFile(file, JSON.stringify(template(resources), null, 2));
  await writeFile(state, exportedState(await captureGraph({ program: PROGRAM_FOLDER, stack, mode: "preview" })));
  return { resources, program: PROGRAM_FOLDER, stack, state, template: file };
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error("bench:policy:", error);
  process.exitCode = 2;
});
