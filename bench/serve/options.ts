import { parseArgs } from "node:util";
import * as z from "zod";
import type { Turns } from "./throughput";

const optionsSchema = z.object({
  /** Short turns and few models: whether it runs, not what it says. */
  quick: z.boolean().default(false),
  /** Replaces the table in docs/benchmarks.md. */
  write: z.boolean().default(false),
});

/** What the command line asks for. */
export interface Options {
  readonly turns: Turns;
  /** Models that are loaded cold, and how often by a server that has just started. */
  readonly models: number;
  readonly loadRounds: number;
  /** Also with server and clients wherever the system puts them. */
  readonly free: boolean;
  readonly write: boolean;
}

/** @throws Error for an option that is not there */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: { quick: { type: "boolean" }, write: { type: "boolean" } },
  });
  const { quick, write } = optionsSchema.parse(values);
  if (write && quick) throw new Error("Given --write with --quick; allowed: --write alone.");
  if (quick) {
    const turns = { rounds: 1, many: 1, single: 0.5, warmUp: { seconds: 1, window: 0.5 } };
    return { turns, models: 16, loadRounds: 1, free: false, write };
  }
  const turns = { rounds: 5, many: 2, single: 1, warmUp: { seconds: 30, window: 1 } };
  return { turns, models: 200, loadRounds: 3, free: true, write };
}
