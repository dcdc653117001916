import { spawnSync } from "node:child_process";
import { cpus } from "node:os";

/** Where server and clients run: on a processor of their own each, or wherever the system puts them. */
export const Placement = { Pinned: "pinned", Free: "free" } as const;
export type Placement = (typeof Placement)[keyof typeof Placement];

/** Processors of the two when they are pinned. */
export const PROCESSORS = { server: 0, client: 1 } as const;

/** Whether processes can be pinned here: Linux's `taskset`, and two processors. */
export function canPin(): boolean {
  return cpus().length > 1 && spawnSync("taskset", ["-c", String(PROCESSORS.client), "true"]).status === 0;
}

/** A command line that runs where it is to. */
export function placed(
  placement: Placement,
  role: keyof typeof PROCESSORS,
  command: readonly string[],
): { readonly file: string; readonly args: readonly string[] } {
  const pinned = placement === Placement.Pinned ? ["taskset", "-c", String(PROCESSORS[role])] : [];
  const [file = "", ...args] = [...pinned, ...command];
  return { file, args };
}
