import { readdirSync } from "node:fs";
import path from "node:path";
import { ComponentPrograms } from "./componentPrograms";
import { EngineSteps, StepError } from "./engineSteps";
import { createWorkspace } from "./engineWorkspace";
import { PreviousRelease } from "./previousRelease";
import { findPulumi } from "./pulumiCli";
import { awsVersions, keepState, parseState, readState } from "./releaseState";
import { type ConfigChange, Scenarios } from "./scenarios";
import { SmallProgram } from "./smallProgram";
import { StackLife } from "./stackLife";

const STACKS = path.resolve(__dirname, "../../stacks");

/** State of the stack below as the previous release wrote it; `--keep-state` writes it anew, before a release. */
const EARLIER = { stack: "prod", file: path.join(__dirname, "fixtures", "prod.state.json") };

/** Stack that a second of the same settings stands beside, and the resource of that one whose creation fails. */
const TWIN = { of: "dev", name: "dev-2", resource: "images-function" };

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

/** Everything that is tested at the engine, in an order that lets the stacks stand side by side. */
async function lives(steps: EngineSteps, stacks: readonly string[], keepsState: boolean): Promise<void> {
  const scenarios = new Scenarios(steps);
  const begun = stacks.map((stack) => new StackLife(steps, stack));
  for (const life of begun) await life.begin();
  if (keepsState && stacks.includes(EARLIER.stack)) {
    const { stdout } = await steps.run(EARLIER.stack, "state", ["stack", "export", "--stack", EARLIER.stack]);
    keepState(EARLIER.file, parseState(stdout));
  }
  await steps.workspace.moveProgram();
  for (const life of begun) {
    await life.unchanged();
    await life.changed();
  }
  if (stacks.includes(TWIN.of)) {
    await scenarios.interruptedTwin(TWIN.name, path.join(STACKS, `Pulumi.${TWIN.of}.yaml`), TWIN.resource);
  }
  if (stacks.includes(CHANGED)) await scenarios.changed(CHANGED, CHANGES);
  for (const life of begun) await life.end();
  if (stacks.includes(EARLIER.stack)) {
    await new PreviousRelease(steps, readState(EARLIER.file)).upgrade(EARLIER.stack);
  }
  await new SmallProgram(steps).run();
  await new ComponentPrograms(steps, (line) => console.log(line)).run();
}

/**
 * Takes the stacks through the real Pulumi engine, with a double in place of AWS.
 * @param args names of stacks; all of them when none is named. With `--keep-state` the state that this release writes is
 *   kept for the next one
 * @returns exit code: 0 when all went as it must, 1 when a step did not, 2 when there is no engine or no such stack
 */
async function main(args: readonly string[]): Promise<number> {
  const known = readdirSync(STACKS).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);
  const named = args.filter((arg) => arg !== "--keep-state");
  const unknown = named.filter((stack) => !known.includes(stack));
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
  const stacks = named.length > 0 ? named : known;
  const workspace = await createWorkspace(awsVersions(readState(EARLIER.file)));
  try {
    const started = performance.now();
    await lives(new EngineSteps(pulumi, workspace, (line) => console.log(line)), stacks, args.length > named.length);
    const { packs, live } = workspace;
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    console.log(
      `stacks ${stacks.length}, policy packs ${packs.length}, calls to the double ${live.calls.length}, ${seconds} s`,
    );
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
