import { parseArgs } from "node:util";

/** What the command line asks for. */
export interface Options {
  /** Rounds by turns. */
  readonly rounds: number;
  /** Replaces the table in docs/benchmarks.md. */
  readonly write: boolean;
}

/** @throws Error for an option that is not there, or `--write` of what says nothing */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: { quick: { type: "boolean", default: false }, write: { type: "boolean", default: false } },
  });
  if (values.quick && values.write) {
    throw new Error("Given --write with --quick; allowed: --write alone, since one round says nothing.");
  }
  return { rounds: values.quick ? 1 : 5, write: values.write };
}
