#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { CannotRunError } from "../contracts/cannotRunError";
import { checkVersion } from "./commands/checkVersion";
import { outliveClosedPipe } from "./commands/closedPipe";
import { withManners } from "./commands/withManners";

// The SDK that is pinned here supports this Node.js; its notice is about versions to come.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

/** Exit code of a command that could not do what was asked. */
const COULD_NOT_RUN = 2;

/** Every command by name. Only the one that is asked for is loaded; help about all of them loads all. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  backfill: async () => (await import("./commands/backfill.js")).backfillCommand(),
  bundle: async () => (await import("./commands/bundle.js")).bundleCommand(),
  check: async () => (await import("./commands/check.js")).checkCommand(),
  choose: async () => (await import("./commands/choose.js")).chooseCommand(),
  complete: async () => (await import("./commands/complete.js")).completeCommand(),
  conform: async () => (await import("./commands/conform.js")).conformCommand(),
  local: async () => (await import("./commands/local.js")).localCommand(),
  model: async () => (await import("./commands/model.js")).modelCommand(),
  models: async () => (await import("./commands/models.js")).modelsCommand(),
  price: async () => (await import("./commands/price.js")).priceCommand(),
  prices: async () => (await import("./commands/prices.js")).pricesCommand(),
  recommend: async () => (await import("./commands/recommend.js")).recommendCommand(),
  waste: async () => (await import("./commands/waste.js")).wasteCommand(),
};

/** The command line with the command of a name, or with all when there is none of that name. */
export async function commandLine(name?: string): Promise<Command> {
  const program = new Command("frugal-ml")
    .description("Machine learning on AWS at the lowest cost: read one Pulumi program without a cloud.")
    .version(checkVersion(), "-V, --version", "print the version");
  for (const load of asked(name)) program.addCommand(await load());
  return withManners(program);
}

/**
 * Does what a command line asks. Whatever happens is in `process.exitCode` and on the standard streams; nothing is thrown.
 * @param args without the program's own name
 */
export async function run(args: readonly string[]): Promise<void> {
  try {
    await (await commandLine(args[0])).parseAsync([...args], { from: "user" });
  } catch (error) {
    // Commander has printed its own message already; help and version end with 0.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : COULD_NOT_RUN;
    else if (error instanceof CannotRunError) fail(`${error.code}: ${error.message}`);
    else fail(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

function asked(name: string | undefined): readonly (() => Promise<Command>)[] {
  const one = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  return one ? [one] : Object.values(COMMANDS);
}

function fail(message: string): void {
  console.error(`frugal-ml: ${message}`);
  process.exitCode = COULD_NOT_RUN;
}

if (require.main === module) {
  for (const stream of [process.stdout, process.stderr]) outliveClosedPipe(stream);
  void run(process.argv.slice(2));
}
