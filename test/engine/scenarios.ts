import { copyFile } from "node:fs/promises";
import path from "node:path";
import { EngineEnvironment } from "./engineEnvironment";
import { callName, type EngineSteps, StepError } from "./engineSteps";
import { changesIn } from "./pulumiCli";

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

/** What may befall a stack in its life. */
export class Scenarios {
  constructor(private readonly steps: EngineSteps) {}

  /**
   * A second stack of the same settings beside the first, which a creation fails in half way: the engine says which, and
   * the next update makes the rest and nothing twice. Names that both would take are refused by the account.
   * @param twin name of the second stack
   * @param settings stack file as it is in the repository
   * @param resource part of the URN of the resource that fails
   * @throws StepError at the first step that does not go so
   */
  async interruptedTwin(twin: string, settings: string, resource: string): Promise<void> {
    const { workspace } = this.steps;
    const { live } = workspace;
    await copyFile(settings, path.join(workspace.program, "stacks", `Pulumi.${twin}.yaml`));
    await this.steps.run(twin, "init", ["stack", "init", twin], { exitCode: "zero", live: 0 });
    const failing = { [EngineEnvironment.FailCreate]: resource };
    const up = ["up", "--yes", "--skip-preview", "--stack", twin];
    const others = live.count;
    await this.steps.run(twin, "up, failing", up, { exitCode: "not zero", says: /simulated failure/ }, failing);
    const made = live.countOf(twin);
    const { result, calls } = await this.steps.changes(twin, "up, mended", up, { exitCode: "zero" }, failing);
    const created = calls.filter(({ call }) => call === "create").length;
    if (made === 0 || created === 0 || made + created !== live.countOf(twin)) {
      throw new StepError(
        `${twin}: ${made} made, then ${created}, ${live.countOf(twin)} in the account`,
        result.output,
      );
    }
    await this.steps.run(twin, "destroy", ["destroy", "--yes", "--skip-preview", "--stack", twin], {
      exitCode: "zero",
      live: 0,
    });
    if (live.count !== others)
      throw new StepError(`${twin}: its end left ${live.count} of ${others} others`, result.output);
  }

  /**
   * A stack that is up, changed value by value: a preview says exactly what is to change, and exactly that reaches the
   * account, in this order for each endpoint.
   * @throws StepError at the first step that does not go so
   */
  async changed(stack: string, changes: readonly ConfigChange[]): Promise<void> {
    for (const { path: at, value, ...expected } of changes) {
      const set = ["config", "set", "--path", `frugal-ml:${at}`, value, "--stack", stack];
      await this.steps.run(stack, at, set);
      const preview = await this.steps.run(stack, "preview", ["preview", "--json", "--stack", stack]);
      this.steps.same(`${stack} preview of ${at}`, changesIn(preview.stdout), expected.changes, preview);
      const { result, calls } = await this.steps.changes(
        stack,
        "up",
        ["up", "--yes", "--skip-preview", ...this.steps.judged(stack)],
        { exitCode: "zero", judged: true },
      );
      const named = calls.map(callName);
      const isOf = (calls: readonly string[]) => (call: string) => calls.includes(call);
      const ordered = expected.calls.flatMap((calls) => named.filter(isOf(calls)));
      const others = named.filter((call) => !expected.calls.some((calls) => isOf(calls)(call)));
      this.steps.same(`${stack} up after ${at}`, [...ordered, ...others], expected.calls.flat(), result);
    }
  }
}
