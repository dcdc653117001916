import { run } from "../../../cli/main";
import type { CommandResult } from "./runCommand";

/** Runs `frugal-ml` to its end in this process, which spares the second that a process of its own takes to start. */
export function callCommand(args: readonly string[]): Promise<CommandResult> {
  return captured(() => run(args));
}

/** Does what prints and chooses an exit code, as a command does, and keeps both from this process. */
export async function captured(action: () => Promise<unknown>): Promise<CommandResult> {
  const { exitCode } = process;
  const texts = { stdout: "", stderr: "" };
  const restore = (["stdout", "stderr"] as const).map((name) => {
    const stream = process[name];
    const { write } = stream;
    stream.write = (text: string | Uint8Array): boolean => {
      texts[name] += text.toString();
      return true;
    };
    return () => {
      stream.write = write;
    };
  });
  process.exitCode = 0;
  try {
    await action();
    return { exitCode: Number(process.exitCode), ...texts };
  } finally {
    for (const put of restore) put();
    process.exitCode = exitCode;
  }
}
