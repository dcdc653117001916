import type { EngineWorkspace } from "./engineWorkspace";
import type { RecordedCall } from "./liveResources";
import { type CommandResult, runPulumi } from "./pulumiCli";

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
export interface Expectation {
  readonly exitCode: "zero" | "not zero";
  /** Counts of resources; others are not looked at. */
  readonly counts?: Readonly<Record<string, number>>;
  /** What must be printed. */
  readonly says?: RegExp;
  /** Whether every policy pack must have run. */
  readonly judged?: boolean;
  /** Resources of the stack in the account of the double afterwards. */
  readonly live?: number;
}

/** Runs commands of the engine on stacks, judges how each ends, and prints a line for it. */
export class EngineSteps {
  constructor(
    private readonly pulumi: string,
    readonly workspace: EngineWorkspace,
    private readonly print: (line: string) => void,
  ) {}

  /** Arguments that name a stack and every policy pack. */
  judged(stack: string): readonly string[] {
    return ["--stack", stack, ...this.workspace.packs.flatMap((pack) => ["--policy-pack", pack])];
  }

  /** @throws StepError when the command does not end as it must */
  async run(
    stack: string,
    step: string,
    args: readonly string[],
    expected: Expectation = { exitCode: "zero" },
    environment: NodeJS.ProcessEnv = {},
  ): Promise<CommandResult> {
    const result = await runPulumi(this.pulumi, this.workspace, args, environment);
    const wrong = this.#wrong(stack, result, expected);
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

  /** Runs one command, and says which calls of it changed something in the account. */
  async changes(
    ...step: Parameters<EngineSteps["run"]>
  ): Promise<{ readonly result: CommandResult; readonly calls: readonly RecordedCall[] }> {
    const before = this.workspace.live.calls.length;
    const result = await this.run(...step);
    const calls = this.workspace.live.calls.slice(before);
    return { result, calls: calls.filter(({ call }) => call !== "read" && call !== "invoke") };
  }

  /** @throws StepError when the lists differ */
  same(what: string, found: readonly string[], expected: readonly string[], { output }: CommandResult): void {
    if (found.join() === expected.join()) return;
    throw new StepError(
      `${what}: ${found.join(", ") || "nothing"}; expected ${expected.join(", ") || "nothing"}`,
      output,
    );
  }

  #wrong(stack: string, result: CommandResult, expected: Expectation): string | undefined {
    if ((result.exitCode === 0) !== (expected.exitCode === "zero")) {
      return `exit code ${result.exitCode}; expected ${expected.exitCode}`;
    }
    for (const [word, count] of Object.entries(expected.counts ?? {})) {
      if (result.counts[word] !== count) return `${result.counts[word] ?? 0} ${word}; expected ${count}`;
    }
    if (expected.says && !expected.says.test(result.output)) return `does not say ${expected.says}`;
    const { packs } = this.workspace;
    if (expected.judged && result.packs !== packs.length) return `${result.packs} packs ran; expected ${packs.length}`;
    const count = this.workspace.live.countOf(stack);
    if (expected.live !== undefined && count !== expected.live) {
      return `${count} resources in the account; expected ${expected.live}`;
    }
    return undefined;
  }
}

/** A call as `call name`. */
export function callName({ call, urn = "" }: RecordedCall): string {
  return `${call} ${urn.split("::").at(-1)}`;
}
