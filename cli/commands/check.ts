import { Command } from "commander";
import { checkGraph } from "../check/checkGraph";
import { violations } from "../check/checkResult";
import { captureGraph } from "../graph/captureGraph";
import { readProject } from "../graph/project";
import { readStackConfig } from "../graph/stackConfig";
import { checkText } from "../report/checkText";
import { chooseStack } from "./chooseStack";
import { readPolicyConfiguration } from "./readPolicyConfiguration";

/** What the command line says. */
interface CheckArguments {
  readonly stack?: string;
  readonly program: string;
  readonly pack: readonly string[];
  readonly config?: string;
}

/**
 * `frugal-ml check`: what a program would declare, judged by policy packs without a cloud. Its exit code is 0 when
 * nothing refuses the update and 1 when something does; what keeps it from checking is thrown as CannotRunError.
 */
export function checkCommand(): Command {
  return new Command("check")
    .description("judge a stack by policy packs, without a cloud: exit 0 clean, 1 violations, 2 could not check")
    .option("--stack <name>", "stack to check (default: local, or the only one)")
    .option("--program <dir>", "folder of the Pulumi program", ".")
    .option("--pack <dir>", "folder of a policy pack to run besides ours; repeatable", appended, [])
    .option("--config <file>", "policy configuration, as pulumi's --policy-pack-config takes it")
    .action(check);
}

async function check({ stack: asked, program, pack, config }: CheckArguments): Promise<void> {
  const project = readProject(program);
  const stack = chooseStack(project, asked);
  const configuration = config === undefined ? {} : readPolicyConfiguration(config);
  const graph = await captureGraph({ program, stack, mode: "preview" });
  const result = await checkGraph(graph, {
    packs: pack,
    configuration,
    stackConfig: readStackConfig(project, graph.stack),
  });
  const colour = process.stdout.isTTY && !process.env["NO_COLOR"];
  process.stdout.write(checkText(result, { colour }));
  process.exitCode = violations(result).length > 0 ? 1 : 0;
}

function appended(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}
