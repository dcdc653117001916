import { setTimeout as sleep } from "node:timers/promises";
import type { S3Client } from "@aws-sdk/client-s3";
import type { DerivedSet } from "./derivedSet";
import { type ExaminedKey, examine, type KeyState } from "./examine";

/** Milliseconds between two looks while waiting: at first, and at most. */
const PAUSE_MS = { first: 250, most: 30_000 };

/** How a comparison is made and judged. */
export interface CompletenessOptions {
  /** Whether originals in quarantine are accepted as missing. Defaults to false. */
  readonly allowQuarantined?: boolean | undefined;
  /** Most keys that are listed. Defaults to 20. */
  readonly listed?: number | undefined;
}

/** What a comparison found. */
export interface Completeness {
  /** Whether everything is derived from the originals as they are. */
  readonly complete: boolean;
  readonly counts: Readonly<Record<KeyState, number>>;
  /** How many keys keep it from being complete. */
  readonly wrong: number;
  /** The first keys that keep it from being complete. */
  readonly keys: readonly ExaminedKey[];
}

/** States that an event which is still under way may mend. */
const UNFINISHED: readonly KeyState[] = ["missing", "stale", "orphan"];

/** Compares every original with what is derived from it. */
export async function checkCompleteness(
  client: S3Client,
  set: DerivedSet,
  { allowQuarantined = false, listed = 20 }: CompletenessOptions = {},
): Promise<Completeness> {
  const counts = { current: 0, placeholder: 0, missing: 0, stale: 0, orphan: 0, quarantined: 0 };
  const wrong: readonly KeyState[] = allowQuarantined ? UNFINISHED : [...UNFINISHED, "quarantined"];
  const keys: ExaminedKey[] = [];
  for await (const examined of examine(client, set)) {
    counts[examined.state]++;
    if (keys.length < listed && wrong.includes(examined.state)) keys.push(examined);
  }
  const total = wrong.reduce((sum, state) => sum + counts[state], 0);
  return { complete: total === 0, wrong: total, counts, keys };
}

/**
 * Looks again and again until the set is complete, the time is over, or nothing is left that waiting could change:
 * what is in quarantine stays there until its original is replaced.
 * @param seconds longest time to wait; 0 looks once
 */
export async function waitUntilComplete(
  client: S3Client,
  set: DerivedSet,
  seconds: number,
  options: CompletenessOptions = {},
): Promise<Completeness> {
  const until = Date.now() + seconds * 1000;
  for (let pause = PAUSE_MS.first; ; pause = Math.min(2 * pause, PAUSE_MS.most)) {
    const found = await checkCompleteness(client, set, options);
    const left = until - Date.now();
    if (found.complete || left <= 0 || UNFINISHED.every((state) => found.counts[state] === 0)) return found;
    await sleep(Math.min(pause, left));
  }
}
