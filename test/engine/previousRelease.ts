import { writeFile } from "node:fs/promises";
import path from "node:path";
import { type EngineSteps, StepError } from "./engineSteps";
import { lostIn } from "./pulumiCli";
import { accountOf, type ReleaseState, withData } from "./releaseState";

/**
 * The program of today on a state that an earlier one wrote: nothing that holds data is replaced or deleted, as the
 * preview says beforehand and the account shows afterwards.
 */
export class PreviousRelease {
  constructor(
    private readonly steps: EngineSteps,
    private readonly state: ReleaseState,
  ) {}

  /**
   * @param stack a stack that is there and empty, of the name that the state was written for
   * @throws StepError when data would be or is lost
   */
  async upgrade(stack: string): Promise<void> {
    const steps = this.steps;
    const state = this.state;
    const { live } = steps.workspace;
    const account = accountOf(state);
    const data = withData(account);
    live.become(account);
    const file = path.join(steps.workspace.program, "earlier.json");
    await writeFile(file, JSON.stringify(state));
    const before = await steps.run(stack, "earlier", ["stack", "import", "--file", file, "--stack", stack], {
      exitCode: "zero",
      live: account.length,
    });
    if (data.length === 0) throw new StepError(`${stack}: nothing in the earlier state holds data`, before.output);
    const preview = await steps.run(stack, "preview", ["preview", "--json", "--stack", stack]);
    const urns = new Set(data.map(({ urn }) => urn));
    const lost = lostIn(preview.stdout).filter((urn) => urns.has(urn));
    steps.same(`${stack} preview: data that would be lost`, lost, [], preview);
    const unprotected = ["state", "unprotect", "--all", "--yes", "--stack", stack];
    await steps.run(stack, "unprotect", unprotected);
    const up = ["up", "--yes", "--skip-preview", ...steps.judged(stack)];
    const after = await steps.run(stack, "upgrade", up, { exitCode: "zero", judged: true });
    const gone = data.filter(({ type, id }) => !live.has(type, id)).map(({ urn }) => urn);
    steps.same(`${stack} upgrade: data that is lost`, gone, [], after);
    await steps.run(stack, "unprotect", unprotected);
    await steps.run(stack, "destroy", ["destroy", "--yes", "--skip-preview", "--stack", stack], {
      exitCode: "zero",
      live: 0,
    });
  }
}
