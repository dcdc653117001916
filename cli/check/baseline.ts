import { readFileSync } from "node:fs";
import * as z from "zod";
import { CannotRunError } from "../../contracts/cannotRunError";
import { CHECK_PACK, type CheckFinding } from "./checkFinding";

/** What is read of an earlier check's JSON. */
const Baseline = z.object({
  version: z.literal(1),
  project: z.string(),
  stack: z.string(),
  findings: z.array(z.object({ fingerprint: z.string(), suppression: z.unknown().optional() })),
});

/** What an earlier check of the same stack found. */
export type Baseline = z.output<typeof Baseline>;

/**
 * Reads what `frugal-ml check --format json` wrote earlier.
 * @throws CannotRunError `BadBaseline`
 */
export function readBaseline(file: string): Baseline {
  const wanted = "give what `frugal-ml check --format json` wrote";
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    const reason = cause instanceof SyntaxError ? "is not JSON" : "cannot be read";
    throw new CannotRunError("BadBaseline", `--baseline ${file} ${reason}; ${wanted}`, { cause });
  }
  const read = Baseline.safeParse(content);
  if (read.success) return read.data;
  const where = read.error.issues.map(({ path, message }) => `${path.map(String).join(".") || "(file)"}: ${message}`);
  throw new CannotRunError("BadBaseline", `--baseline ${file}: ${where.slice(0, 5).join("; ")}; ${wanted}`);
}

/**
 * Marks the findings that a baseline had already. Of findings that only their message tells apart, as many are known
 * as there were. What was suppressed then is new now, and what a check finds in its own exceptions always counts.
 * @throws CannotRunError `BaselineOfAnotherStack`
 */
export function applyBaseline(
  findings: readonly CheckFinding[],
  baseline: Baseline,
  { project, stack }: { readonly project: string; readonly stack: string },
): readonly CheckFinding[] {
  if (baseline.project !== project || baseline.stack !== stack) {
    const given = `${baseline.project}/${baseline.stack}`;
    throw new CannotRunError("BaselineOfAnotherStack", `the baseline is of ${given}; this is ${project}/${stack}`);
  }
  const left = new Map<string, number>();
  for (const { fingerprint, suppression } of baseline.findings) {
    if (suppression === undefined) left.set(fingerprint, (left.get(fingerprint) ?? 0) + 1);
  }
  return findings.map((finding) => {
    const count = left.get(finding.fingerprint) ?? 0;
    if (count === 0 || finding.rule.pack === CHECK_PACK) return finding;
    left.set(finding.fingerprint, count - 1);
    return { ...finding, known: true };
  });
}
