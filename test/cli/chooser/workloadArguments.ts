import { Command } from "commander";
import type { WorkloadArguments } from "../../../cli/chooser/readWorkload";
import { withWorkload } from "../../../cli/commands/choose";

/** Arguments as the command line reads them. */
export function workloadArguments(asked: string): WorkloadArguments {
  const command = withWorkload(new Command()).exitOverride();
  command.parse(asked.split(" "), { from: "user" });
  return command.opts<WorkloadArguments>();
}
