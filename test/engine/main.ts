import { readdirSync } from "node:fs";
import path from "node:path";
import { createWorkspace } from "./engineWorkspace";
import { findPulumi } from "./pulumiCli";
import { type ConfigChange, Scenarios, StepError } from "./scenarios";

const STACKS = path.resolve(__dirname, "../../stacks");

/** Stack that is interrupted, and the resource whose creation fails then. */
const INTERRUPTED = { stack: "dev", resource: "images-function" };

/** Stack whose endpoints are changed while they serve. The instances of the one whose type changes are as many always: nothing scales them. */
const CHANGED = "dev";

/** The new configuration is there before the endpoint moves to it, and the old one goes after that. */
const moved = (name: string): readonly string[] => [
  `create ${name}-config`,
  `update ${name}-endpoint`,
  `delete ${name}-config`,
];

/** So does the model before its configuration. */
const movedWithModel = (name: string): readonly string[] => [
  `create ${name}-model`,
  ...moved(name),
  `delete ${name}-model`,
];

const CHANGES: readonly ConfigChange[] = [
  {
    path: "endpoint.instanceType",
    value: "ml.c8g.large",
    changes: ["replace forecasts-config", "update forecasts-endpoint"],
    calls: [moved("forecasts")],
  },
  {
    path: "endpoint.digest",
    value: `sha256:${"1".repeat(64)}`,
    changes: [
      "replace forecasts-config",
      "replace forecasts-model",
      "replace newcomers-later-config",
      "replace newcomers-later-model",
      "update forecasts-endpoint",
      "update newcomers-later-endpoint",
    ],
    calls: [movedWithModel("forecasts"), movedWithModel("newcomers-later")],
  },
];

/**
 * Takes the stacks through the real Pulumi engine, with a double in place of AWS.
 * @param args names of stacks; all of them when none is named
 * @returns exit code: 0 when all went as it must, 1 when a step did not, 2 when there is no engine or no such stack
 */
async function main(args: readonly string[]): Promise<number> {
  const known = readdirSync(STACKS).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);
  const unknown = args.filter((stack) => !known.includes(stack));
  if (unknown.length > 0) {
    console.error(`no stack ${unknown.join(", ")}; allowed: ${known.join(", ")}`);
    return 2;
  }
  const pulumi = findPulumi();
  if (pulumi === undefined) {
    console.error(
      "The engine tests did not run: there is no pulumi on PATH. Install the Pulumi CLI and run them again.",
    );
    return 2;
  }
  const stacks = args.length > 0 ? args : known;
  const workspace = await createWorkspace();
  try {
    const scenarios = new Scenarios(pulumi, workspace, (line) => console.log(line));
    for (const stack of stacks) await scenarios.life(stack);
    if (stacks.includes(INTERRUPTED.stack)) await scenarios.interrupted(INTERRUPTED.stack, INTERRUPTED.resource);
    if (stacks.includes(CHANGED)) await scenarios.changed(CHANGED, CHANGES);
    const { packs, live } = workspace;
    console.log(`stacks ${stacks.length}, policy packs ${packs.length}, calls to the double ${live.calls.length}`);
    return 0;
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    console.error(`${error.output}\nFAILED ${error.message}`);
    return 1;
  } finally {
    await workspace.remove();
  }
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
