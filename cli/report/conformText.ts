import { CheckLevel } from "../conform/conformCheck";
import { type ConformResult, type ConformVerdict, countOf } from "../conform/conformResult";
import { counted } from "./counted";

const MARKS = { pass: "✓", fail: "✗", skipped: "-" } as const;

/** How a container stands to the contract, for people: by groups, what failed in full, and a last line of counts. */
export function conformText(result: ConformResult): string {
  const judged = result.verdicts.filter(({ verdict }) => verdict !== "skipped");
  const groups = [...new Set(judged.map(({ group }) => group))];
  const paragraphs = [
    ...groups.map((group) => [group, ...judged.filter((one) => one.group === group).flatMap(linesOf)].join("\n")),
    ...skippedText(result.verdicts),
    ...leftText(result),
    conformSummary(result),
  ];
  return `${paragraphs.join("\n\n")}\n`;
}

/** The counts on one line. */
export function conformSummary(result: ConformResult): string {
  const { url, mode, seconds, verdicts, ok, goneSince } = result;
  const level = (of: CheckLevel): string => {
    const failed = countOf(result, of, "fail");
    return `${of}: ${countOf(result, of, "pass")} passed, ${failed} failed`;
  };
  const skipped = verdicts.filter(({ verdict }) => verdict === "skipped").length;
  const counts = `${level(CheckLevel.Must)}; ${level(CheckLevel.Should)}; ${skipped} skipped`;
  const gone = goneSince ? `; it stopped answering at ${goneSince}` : "";
  return `${ok ? "conforms" : "does not conform"}: ${url} (${mode}), ${counts}${gone}, in ${seconds.toFixed(1)} s`;
}

function linesOf({ id, level, asks, verdict, reason, sent, came, page }: ConformVerdict): readonly string[] {
  const head = `  ${MARKS[verdict]} ${level.padEnd(6)} ${id}: ${asks}`;
  if (verdict === "pass") return [head];
  const exchange = [...(sent ? [`sent: ${sent}`] : []), ...(came ? [`came: ${came}`] : [])];
  return [head, ...[`found: ${reason}`, ...exchange, page].map((line) => `      ${line}`)];
}

/** Checks that were not made, by reason. */
function skippedText(verdicts: readonly ConformVerdict[]): readonly string[] {
  const skipped = verdicts.filter(({ verdict }) => verdict === "skipped");
  if (skipped.length === 0) return [];
  const reasons = [...new Set(skipped.map(({ reason = "" }) => reason))];
  const lines = reasons.map((reason) => {
    const ids = skipped.filter((one) => one.reason === reason).map(({ id }) => id);
    return `  ${MARKS.skipped} ${reason} (${counted(ids.length, "check")}): ${ids.join(", ")}`;
  });
  return [["Skipped", ...lines].join("\n")];
}

function leftText({ leftBehind }: ConformResult): readonly string[] {
  if (leftBehind.length === 0) return [];
  return [`Left behind, since the container did not unload them:\n${leftBehind.map((name) => `  ${name}`).join("\n")}`];
}
