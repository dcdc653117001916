#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { CannotRunError } from "../contracts/cannotRunError";
import { backfillCommand } from "./commands/backfill";
import { bundleCommand } from "./commands/bundle";
import { checkCommand } from "./commands/check";
import { completeCommand } from "./commands/complete";
import { conformCommand } from "./commands/conform";
import { localCommand } from "./commands/local";
import { modelsCommand } from "./commands/models";
import { priceCommand } from "./commands/price";
import { pricesCommand } from "./commands/prices";

// The SDK that is pinned here supports this Node.js; its notice is about versions to come.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

/** Exit code of a command that could not do what was asked. */
const COULD_NOT_RUN = 2;

async function main(args: readonly string[]): Promise<void> {
  const program = new Command("frugal-ml")
    .description("Machine learning on AWS at the lowest cost: read one Pulumi program without a cloud.")
    .exitOverride()
    .addCommand(backfillCommand())
    .addCommand(bundleCommand())
    .addCommand(checkCommand())
    .addCommand(completeCommand())
    .addCommand(conformCommand())
    .addCommand(localCommand())
    .addCommand(modelsCommand())
    .addCommand(priceCommand())
    .addCommand(pricesCommand());
  for (const command of program.commands) command.exitOverride();
  try {
    await program.parseAsync([...args], { from: "user" });
  } catch (error) {
    // Commander has printed its own message already; help and version end with 0.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : COULD_NOT_RUN;
    else if (error instanceof CannotRunError) fail(`${error.code}: ${error.message}`);
    else fail(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

function fail(message: string): void {
  console.error(`frugal-ml: ${message}`);
  process.exitCode = COULD_NOT_RUN;
}

void main(process.argv.slice(2));
