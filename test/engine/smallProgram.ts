import { type EngineSteps, StepError } from "./engineSteps";
import { changesIn, lostIn } from "./pulumiCli";

/** Folder of the program, in the repository as in a workspace. */
const FOLDER = "test/engine/small";

/** What must not be readable in a state. Each is of the form that its argument takes. */
const SECRETS = {
  kmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/5ec4e700-0000-4000-8000-000000000001",
  reader: "arn:aws:iam::123456789012:role/secret-reader-0002",
};

/**
 * A program of one component, with arguments that are secrets: they are encrypted wherever the component passes them
 * on, and the component may take another name without its resources being replaced.
 */
export class SmallProgram {
  readonly #stack = "small";

  constructor(private readonly steps: EngineSteps) {}

  /** @throws StepError at the first step that does not go so */
  async run(): Promise<void> {
    await this.#step("init", ["stack", "init", this.#stack]);
    await this.#step("name", ["config", "set", "name", "images"]);
    for (const [key, value] of Object.entries(SECRETS)) {
      await this.#step(`secret ${key}`, ["config", "set", "--secret", key, value]);
    }
    await this.#step("up", ["up", "--yes", "--skip-preview"]);
    await this.#encrypted();
    await this.#renamed();
    await this.#step("destroy", ["destroy", "--yes", "--skip-preview"]);
  }

  async #encrypted(): Promise<void> {
    const state = await this.#step("state", ["stack", "export"]);
    const shown = await this.#step("state, open", ["stack", "export", "--show-secrets"]);
    for (const [key, value] of Object.entries(SECRETS)) {
      if (state.stdout.includes(value)) throw new StepError(`${key} is readable in the state`, state.output);
      if (!shown.stdout.includes(value)) throw new StepError(`${key} is nowhere in the state`, state.output);
    }
  }

  async #renamed(): Promise<void> {
    await this.#step("name", ["config", "set", "name", "photos"]);
    await this.#step("formerly", ["config", "set", "formerly", "images"]);
    const preview = await this.#step("preview", ["preview", "--json"]);
    this.steps.same("a new name with an alias: lost", lostIn(preview.stdout), [], preview);
    const made = changesIn(preview.stdout).filter((change) => !change.startsWith("update "));
    this.steps.same("a new name with an alias: more than updates", made, [], preview);
    const args = ["up", "--yes", "--skip-preview", "--stack", this.#stack, "--cwd", FOLDER];
    const { result, calls } = await this.steps.changes(this.#stack, "up, renamed", args);
    const others = calls.filter(({ call }) => call !== "update").map(({ call, urn = "" }) => `${call} ${urn}`);
    this.steps.same("a new name with an alias: more than updates", others, [], result);
  }

  #step(step: string, args: readonly string[]) {
    const stack = args[1] === "init" ? [] : ["--stack", this.#stack];
    return this.steps.run(this.#stack, step, [...args, ...stack, "--cwd", FOLDER]);
  }
}
