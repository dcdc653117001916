import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build, installedVersion, installNode, LaneError, newestCopy, run, runTests, typeCheck } from "./laneRun";
import { LANES, type Lane, SPECS } from "./lanes";

const ROOT = path.resolve(__dirname, "../..");

/** What became of a lane. */
interface Outcome {
  readonly lane: Lane;
  readonly line: string;
  readonly ok: boolean;
  /** True when the lane could not begin. */
  readonly absent?: boolean;
  /** True when nobody asked for it. */
  readonly quiet?: boolean;
}

/**
 * Runs types and tests on every Node.js that is supported, one after another, with the packages of the lock file and with
 * the newest.
 * @param args `--all` for every test; versions of Node.js, `locked` or `newest`, to run these lanes alone
 * @returns exit code: 0 when all lanes hold, 1 when one does not, 2 when one could not run or is not known
 */
function main(args: readonly string[]): number {
  const all = args.includes("--all");
  const asked = args.filter((arg) => arg !== "--all");
  const words = new Set(LANES.flatMap(({ node, packages }) => [node, packages]));
  const unknown = asked.filter((word) => !words.has(word));
  if (unknown.length > 0) {
    console.error(`no lane ${unknown.join(", ")}; allowed: --all, ${[...words].join(", ")}`);
    return 2;
  }
  console.log(
    all
      ? "Every test."
      : `Tests of ${SPECS.join(", ")}: what depends on Node.js, on native packages or on Pulumi's. NOT run: the others; -- --all runs them.`,
  );
  const folder = mkdtempSync(path.join(tmpdir(), "frugal-ml-matrix-"));
  try {
    const matrix = new Matrix(folder, all ? ["test"] : SPECS);
    const outcomes = LANES.map((lane): Outcome => {
      if (!isAsked(lane, asked)) return { lane, line: "NOT run: not asked for", ok: true, quiet: true };
      const outcome = matrix.attempt(lane);
      console.log(text(outcome));
      return outcome;
    });
    console.log(`\n${outcomes.map(text).join("\n")}`);
    if (outcomes.some(({ absent }) => absent)) return 2;
    return outcomes.every(({ ok }) => ok) ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lanes that share what they have installed. */
class Matrix {
  readonly #nodes = new Map<string, string>();
  readonly #typed = new Set<string>();
  #newest: string | undefined;

  constructor(
    readonly folder: string,
    readonly specs: readonly string[],
  ) {}

  /** Runs a lane; what goes wrong is its outcome. */
  attempt(lane: Lane): Outcome {
    let node: string;
    let place: string;
    try {
      node = this.#node(lane.node);
      place = lane.packages === "locked" ? ROOT : this.#copy(node);
    } catch (error) {
      if (!(error instanceof LaneError)) throw error;
      return { lane, line: `NOT run: ${error.message}`, ok: false, absent: true };
    }
    const version = run(node, ["--version"], ROOT).trim();
    const sdk = `@pulumi/pulumi ${installedVersion(place, "@pulumi/pulumi")}, @pulumi/aws ${installedVersion(place, "@pulumi/aws")}`;
    try {
      const types = this.#types(place, node);
      const report = path.join(this.folder, `report-${lane.node}-${lane.packages}.json`);
      const { passed, failed, seconds } = runTests(place, node, this.specs, report);
      for (const failure of failed) console.log(`    FAILED ${failure}`);
      const counts = `${passed} passed, ${failed.length} failed in ${seconds.toFixed(0)} s`;
      return { lane, line: `${version}, ${sdk}: ${types}; ${counts}`, ok: failed.length === 0 && passed > 0 };
    } catch (error) {
      if (!(error instanceof LaneError)) throw error;
      return { lane, line: `${version}, ${sdk}: FAILED ${error.message}`, ok: false };
    }
  }

  #node(version: string): string {
    const known = this.#nodes.get(version);
    if (known !== undefined) return known;
    const node = installNode(version, path.join(this.folder, `node-${version}`));
    this.#nodes.set(version, node);
    return node;
  }

  #copy(node: string): string {
    if (this.#newest === undefined) {
      const copy = path.join(this.folder, "newest");
      mkdirSync(copy, { recursive: true });
      newestCopy(ROOT, copy, node);
      this.#newest = copy;
    }
    return this.#newest;
  }

  /** Types depend on the packages and not on what runs the compiler, so each set is built and checked once. */
  #types(place: string, node: string): string {
    if (this.#typed.has(place)) return "types as in the lane before with these packages";
    // The checkout was built when its packages were installed.
    if (place !== ROOT) build(place, node);
    typeCheck(place, node);
    this.#typed.add(place);
    return "types hold";
  }
}

/** Whether a lane is among those that are asked for: of each kind of word that is given, it must be one. */
function isAsked({ node, packages }: Lane, asked: readonly string[]): boolean {
  const kinds = [asked.filter((word) => /^\d/.test(word)), asked.filter((word) => !/^\d/.test(word))];
  return kinds.every((words) => words.length === 0 || words.includes(node) || words.includes(packages));
}

function text({ lane, line, ok, quiet }: Outcome): string {
  return `${quiet ? "–     " : ok ? "ok    " : "FAILED"} Node ${lane.node}, ${lane.packages}: ${line}`;
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  console.error(error);
  process.exitCode = 2;
}
