import { EngineEnvironment } from "./engineEnvironment";
import type { EngineWorkspace } from "./engineWorkspace";
import { type CommandResult, changesIn, runPulumi } from "./pulumiCli";

/** A step that did not go as it must. */
export class StepError extends Error {
  /** @param output what the engine printed */
  constructor(
    message: string,
    readonly output: string,
  ) {
    super(message);
    this.name = "StepError";
  }
}

/** How one command must end. */
interface Expectation {
  readonly exitCode: "zero" | "not zero";
  /** Counts of resources; others are not looked at. */
  readonly counts?: Readonly<Record<string, number>>;
  /** What must be printed. */
  readonly says?: RegExp;
  /** Whether every policy pack must have run. */
  readonly judged?: boolean;
  /** Resources in the account of the double afterwards. */
  readonly live?: number;
}

/** A change of a stack's configuration, and all that it may do. */
export interface ConfigChange {
  /** Path of the value, without the project's name. */
  readonly path: string;
  readonly value: string;
  /** What a preview says, as `operation name`, sorted. */
  readonly changes: readonly string[];
  /** Calls that reach the account, as `call name`, in order for each endpoint; those of several may come in any order. */
  readonly calls: readonly (readonly string[])[];
}

/** Takes stacks through their lives at the engine, and prints a line for each step. */
export class Scenarios {
  constructor(
    private readonly pulumi: string,
    private readonly workspace: EngineWorkspace,
    private readonly print: (line: string) => void,
  ) {}

  /**
   * A stack's whole life: preview → up → nothing to change → destroy, with all policy packs. A stack whose resources
   * are protected must refuse to be destroyed first.
   * @throws StepError at the first step that does not go so
   */
  async life(stack: string): Promise<void> {
    await this.#step(stack, "init", ["stack", "init", stack], { exitCode: "zero", live: 0 });
    const preview = await this.#step(stack, "preview", ["preview", ...this.#judged(stack)], {
      exitCode: "zero",
      judged: true,
      live: 0,
    });
    const { create = 0 } = preview.counts;
    if (create === 0) throw new StepError(`${stack} preview: nothing to create`, preview.output);
    const up = await this.#step(stack, "up", ["up", "--yes", ...this.#judged(stack)], {
      exitCode: "zero",
      counts: { created: create },
      judged: true,
    });
    await this.#step(stack, "no change", ["preview", "--expect-no-changes", ...this.#judged(stack)], {
      exitCode: "zero",
      counts: { unchanged: create },
      judged: true,
    });
    await this.#destroy(stack, up, create);
  }

  /**
   * A creation that fails half way: the engine says which, and the next update makes the rest and nothing twice.
   * @param resource part of the URN of the resource that fails
   * @throws StepError at the first step that does not go so
   */
  async interrupted(stack: string, resource: string): Promise<void> {
    const failing = { [EngineEnvironment.FailCreate]: resource };
    const up = ["up", "--yes", "--stack", stack];
    await this.#step(stack, "up, failing", up, { exitCode: "not zero", says: /simulated failure/ }, failing);
    const made = this.workspace.live.count;
    const rest = await this.#step(stack, "up, mended", up, { exitCode: "zero" }, failing);
    const { created = 0 } = rest.counts;
    if (made === 0 || created === 0) throw new StepError(`${stack}: ${made} made, then ${created}`, rest.output);
    await this.#step(stack, "destroy", ["destroy", "--yes", "--stack", stack], { exitCode: "zero", live: 0 });
  }

  /**
   * A stack that is up, changed value by value: a preview says exactly what is to change, and exactly that reaches the
   * account, in this order for each endpoint.
   * @throws StepError at the first step that does not go so
   */
  async changed(stack: string, changes: readonly ConfigChange[]): Promise<void> {
    await this.#step(stack, "up", ["up", "--yes", "--stack", stack], { exitCode: "zero" });
    for (const { path, value, ...expected } of changes) {
      const set = ["config", "set", "--path", `frugal-ml:${path}`, value, "--stack", stack];
      await this.#step(stack, path, set, { exitCode: "zero" });
      const preview = await this.#step(stack, "preview", ["preview", "--json", "--stack", stack], { exitCode: "zero" });
      this.#same(`${stack} preview of ${path}`, changesIn(preview.stdout), expected.changes, preview);
      const before = this.workspace.live.calls.length;
      const up = await this.#step(stack, "up", ["up", "--yes", ...this.#judged(stack)], {
        exitCode: "zero",
        judged: true,
      });
      const calls = this.workspace.live.calls.slice(before).filter(({ call }) => call !== "read" && call !== "invoke");
      const named = calls.map(({ call, urn = "" }) => `${call} ${urn.split("::").at(-1)}`);
      const isOf = (calls: readonly string[]) => (call: string) => calls.includes(call);
      const ordered = expected.calls.flatMap((calls) => named.filter(isOf(calls)));
      const others = named.filter((call) => !expected.calls.some((calls) => isOf(calls)(call)));
      this.#same(`${stack} up after ${path}`, [...ordered, ...others], expected.calls.flat(), up);
    }
    await this.#step(stack, "destroy", ["destroy", "--yes", "--stack", stack], { exitCode: "zero", live: 0 });
  }

  #same(what: string, found: readonly string[], expected: readonly string[], { output }: CommandResult): void {
    if (found.join() === expected.join()) return;
    throw new StepError(`${what}: ${found.join(", ") || "nothing"}; expected ${expected.join(", ")}`, output);
  }

  async #destroy(stack: string, up: CommandResult, count: number): Promise<void> {
    const destroy = ["destroy", "--yes", "--stack", stack];
    const live = this.workspace.live.count;
    const { output: state } = await runPulumi(this.pulumi, this.workspace, ["stack", "export", "--stack", stack]);
    if (/"protect": true/.test(state)) {
      await this.#step(stack, "destroy", destroy, { exitCode: "not zero", says: /protect/, live });
      await this.#step(stack, "unprotect", ["state", "unprotect", "--all", "--yes", "--stack", stack], {
        exitCode: "zero",
      });
    } else if (live === 0) {
      throw new StepError(`${stack} up: nothing is in the account`, up.output);
    }
    await this.#step(stack, "destroy", destroy, { exitCode: "zero", counts: { deleted: count }, live: 0 });
  }

  #judged(stack: string): string[] {
    return ["--stack", stack, ...this.workspace.packs.flatMap((pack) => ["--policy-pack", pack])];
  }

  async #step(
    stack: string,
    step: string,
    args: readonly string[],
    expected: Expectation,
    environment: NodeJS.ProcessEnv = {},
  ): Promise<CommandResult> {
    const result = await runPulumi(this.pulumi, this.workspace, args, environment);
    const wrong = this.#wrong(result, expected);
    if (wrong !== undefined) throw new StepError(`${stack} ${step}: ${wrong}`, result.output);
    const counts = Object.entries(result.counts).map(([word, count]) => `${count} ${word}`);
    const facts = [
      expected.exitCode === "zero" ? "ok" : "refused, as it must be",
      ...counts,
      ...(result.packs > 0 ? [`${result.packs} pack${result.packs === 1 ? "" : "s"}`] : []),
    ];
    this.print(`${stack.padEnd(6)} ${step.padEnd(12)} ${facts.join(", ")} (${result.seconds.toFixed(1)} s)`);
    return result;
  }

  #wrong(result: CommandResult, expected: Expectation): string | undefined {
    if ((result.exitCode === 0) !== (expected.exitCode === "zero")) {
      return `exit code ${result.exitCode}; expected ${expected.exitCode}`;
    }
    for (const [word, count] of Object.entries(expected.counts ?? {})) {
      if (result.counts[word] !== count) return `${result.counts[word] ?? 0} ${word}; expected ${count}`;
    }
    if (expected.says && !expected.says.test(result.output)) return `does not say ${expected.says}`;
    const { packs } = this.workspace;
    if (expected.judged && result.packs !== packs.length) return `${result.packs} packs ran; expected ${packs.length}`;
    const { count } = this.workspace.live;
    if (expected.live !== undefined && count !== expected.live) {
      return `${count} resources in the account; expected ${expected.live}`;
    }
    return undefined;
  }
}
