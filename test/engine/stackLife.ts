import { type EngineSteps, StepError } from "./engineSteps";

/** Inputs whose change gives a function's code to Lambda again. */
const CODE = ["code", "imageUri", "s3Bucket", "s3Key", "s3ObjectVersion", "sourceCodeHash"];

/**
 * One stack's whole life at the engine, with all policy packs: preview → up → nothing to change → a change of its
 * configuration → refresh → destroy. Stacks live side by side: one begins before another ends.
 */
export class StackLife {
  #created = 0;
  #costCenter = "";

  constructor(
    private readonly steps: EngineSteps,
    readonly stack: string,
  ) {}

  /** @throws StepError unless all that the preview announces is made */
  async begin(): Promise<void> {
    const { stack, steps } = this;
    await steps.run(stack, "init", ["stack", "init", stack], { exitCode: "zero", live: 0 });
    const preview = await steps.run(stack, "preview", ["preview", ...steps.judged(stack)], {
      exitCode: "zero",
      judged: true,
      live: 0,
    });
    const { create = 0 } = preview.counts;
    if (create === 0) throw new StepError(`${stack} preview: nothing to create`, preview.output);
    this.#created = create;
    const up = await steps.run(stack, "up", ["up", "--yes", "--skip-preview", ...steps.judged(stack)], {
      exitCode: "zero",
      counts: { created: create },
      judged: true,
    });
    if (steps.workspace.live.countOf(stack) === 0) {
      throw new StepError(`${stack} up: nothing is in the account`, up.output);
    }
  }

  /** @throws StepError when anything would change */
  async unchanged(): Promise<void> {
    const args = ["preview", "--expect-no-changes", ...this.steps.judged(this.stack)];
    await this.steps.run(this.stack, "no change", args, {
      exitCode: "zero",
      counts: { unchanged: this.#created },
      judged: true,
    });
  }

  /**
   * Another cost centre: tags change in place, and nothing else does. No function gets its code again.
   * @throws StepError when more than tags change, or the engine does not find the account as it left it
   */
  async changed(): Promise<void> {
    const { stack, steps } = this;
    const former = await steps.run(stack, "costCenter", ["config", "get", "frugal-ml:costCenter", "--stack", stack]);
    this.#costCenter = former.stdout.trim();
    await this.#setCostCenter("another-centre");
    const { result, calls } = await steps.changes(
      stack,
      "up, changed",
      ["up", "--yes", "--skip-preview", ...steps.judged(stack)],
      { exitCode: "zero", judged: true },
    );
    const others = calls.filter(({ call }) => call !== "update");
    steps.same(`${stack} up, changed: more than updates`, others.map(callText), [], result);
    if (calls.length === 0) throw new StepError(`${stack} up, changed: nothing was updated`, result.output);
    const redeployed = calls.filter(({ type, changed = [] }) => /^aws:lambda/.test(type) && changed.some(isCode));
    steps.same(`${stack} up, changed: deployed again`, redeployed.map(callText), [], result);
    await steps.run(stack, "refresh", ["refresh", "--yes", "--expect-no-changes", "--stack", stack]);
  }

  /**
   * Tears the stack down, and leaves its configuration as it was. One whose resources are protected must refuse first.
   * @throws StepError when anything is left in the account, or was not protected though its configuration says so
   */
  async end(): Promise<void> {
    const { stack, steps } = this;
    const destroy = ["destroy", "--yes", "--stack", stack];
    const live = steps.workspace.live.countOf(stack);
    const { stdout: config } = await steps.run(stack, "config", [
      "config",
      "get",
      "frugal-ml:protect",
      "--stack",
      stack,
    ]);
    if (config.trim() === "true") {
      await steps.run(stack, "destroy", destroy, { exitCode: "not zero", says: /protect/, live });
      await steps.run(stack, "unprotect", ["state", "unprotect", "--all", "--yes", "--stack", stack]);
    }
    await steps.run(stack, "destroy", destroy, { exitCode: "zero", counts: { deleted: this.#created }, live: 0 });
    await this.#setCostCenter(this.#costCenter);
  }

  async #setCostCenter(value: string): Promise<void> {
    const set = ["config", "set", "frugal-ml:costCenter", value, "--stack", this.stack];
    await this.steps.run(this.stack, "costCenter", set);
  }
}

function isCode(input: string): boolean {
  return CODE.includes(input);
}

function callText({ call, type, urn = "" }: { call: string; type: string; urn?: string | undefined }): string {
  return `${call} ${type} ${urn.split("::").at(-1)}`;
}
