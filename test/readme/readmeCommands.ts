/** A command of a page, and what would run it. */
export interface ReadmeCommand {
  readonly command: string;
  /** `run`: here, as it stands. `account`: only with an AWS account and an engine, so it is read and not run. */
  readonly kind: "run" | "account";
}

/** What needs an account, or only prepares for it. */
const WITH_ACCOUNT = /^(export PULUMI_|npx pulumi@)/;

/** What is run as it stands. */
const RUN = /^(npm ci|npx frugal-ml )/;

/**
 * The commands of a page's `sh` blocks, line by line and without their comments.
 * @throws Error when a command is of no kind that is known here: nobody would run it
 */
export function readmeCommands(page: string): readonly ReadmeCommand[] {
  const blocks = [...page.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = ""]) => block);
  const commands = blocks.flatMap((block) => block.split("\n")).map((line) => line.replace(/\s+#.*$/, "").trim());
  return commands
    .filter((command) => command !== "")
    .map((command) => {
      if (WITH_ACCOUNT.test(command)) return { command, kind: "account" };
      if (RUN.test(command)) return { command, kind: "run" };
      throw new Error(`README has a command that no test knows how to run: ${command}`);
    });
}
