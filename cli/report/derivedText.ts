import type { Completeness } from "../../derived/completeness";
import type { Backfilled } from "../derived/backfill";
import { counted } from "./counted";
import { jsonText } from "./jsonText";
import { shownName } from "./shownName";

/** What a completeness check found, for people: a line for each key that is wrong, and how many more there are. */
export function completenessText({ complete, wrong, counts, keys }: Completeness): string {
  const { current, placeholder, missing, stale, orphan, quarantined } = counts;
  const total = current + placeholder + missing + stale + quarantined;
  const lines = keys.map(
    ({ key, state, code }) => `  ${state.padEnd(11)} ${shownName(key)}${code === undefined ? "" : ` ${code}`}`,
  );
  if (wrong > keys.length) lines.push(`  … and ${wrong - keys.length} more`);
  const details = Object.entries({ placeholder, missing, stale, orphan, quarantined })
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${state}`);
  const derived = `${current + placeholder} of ${counted(total, "original")} derived`;
  lines.push(`${complete ? "complete" : "not complete"}: ${[derived, ...details].join(", ")}`);
  return `${lines.join("\n")}\n`;
}

/** What a completeness check found, for programs: the same keys, as they are listed to people. */
export function completenessJson({ complete, wrong, counts, keys }: Completeness): string {
  return jsonText({ complete, wrong, counts, keys: keys.map(({ key, state, code }) => ({ key, state, code })) });
}

/** What a back-fill did, for people. */
export function backfillText({ examined, sent }: Backfilled): string {
  return `${counted(examined, "key")} examined, ${counted(sent, "message")} sent\n`;
}
