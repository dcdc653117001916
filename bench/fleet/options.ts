import { parseArgs } from "node:util";
import { z } from "zod";
import { Split } from "./holdout";

const optionsSchema = z.object({
  /** Accuracy on the window before the held-out one, and nothing of the held-out one. */
  tuning: z.boolean().default(false),
  /** Fewer customers and rounds: whether it runs, not what it says. */
  quick: z.boolean().default(false),
  /** Customers of a generated set, where 60 leave too much to chance. */
  customers: z.coerce.number().int().positive().optional(),
  /** `ours`: accuracy alone, with the peers' kept forecasts; `speed`: fits alone; `whole`: whole runs alone. */
  only: z.enum(["ours", "speed", "whole"]).optional(),
  /** Replaces the table in docs/benchmarks.md. */
  write: z.boolean().default(false),
});

/** What the command line asks for. */
export interface Options {
  readonly split: Split;
  readonly accuracy: boolean;
  readonly speed: boolean;
  /** Whole runs, two processes against one, and the split of many customers. */
  readonly whole: boolean;
  /** Customers of a generated set. */
  readonly customers: number;
  /** Alternating rounds of the speed. */
  readonly rounds: number;
  /** Customers that ours trains in a round. */
  readonly trained: number;
  readonly write: boolean;
}

/** @throws Error for an option that is not there */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      tuning: { type: "boolean" },
      quick: { type: "boolean" },
      customers: { type: "string" },
      only: { type: "string" },
      write: { type: "boolean" },
    },
  });
  const { tuning, quick, customers, only, write } = optionsSchema.parse(values);
  if (write && (tuning || quick || customers !== undefined || only !== undefined)) {
    throw new Error("Given --write with another option; allowed: --write alone, since the table has the whole of it.");
  }
  return {
    split: tuning ? Split.Tuning : Split.Holdout,
    accuracy: only === undefined || only === "ours",
    speed: (only === undefined || only === "speed") && !tuning,
    whole: (only === undefined || only === "whole") && !tuning && !quick,
    customers: customers ?? (quick ? 20 : 60),
    rounds: quick ? 2 : 5,
    trained: quick ? 200 : 500,
    write,
  };
}
