import { parseArgs } from "node:util";
import { soakNormalize } from "./soakNormalize";

/**
 * Many mixed requests through one execution environment: nothing crashes, every answer has the right status, and the
 * memory at the end is what it was once it had settled. Needs Linux, which tells what a process holds.
 *
 * @example npm run soak:normalize
 * @example npm run soak:normalize -- --requests 10000
 */

/** Largest memory at the end, as a share of that after {@link SETTLED} requests. */
const MOST_GROWTH = 1.05;

const SETTLED = 2000;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { requests: { type: "string", default: "20000" } } });
  const requests = Number(values.requests);
  if (!Number.isInteger(requests) || requests <= SETTLED) {
    console.error(`soak: --requests must be an integer above ${SETTLED}`);
    return 2;
  }
  const progress = (line: string): void => console.log(line);
  const report = await soakNormalize({ requests, settled: SETTLED, progress });
  const growth = report.endMb / report.settledMb;
  console.log(JSON.stringify({ ...report, growth: Number(growth.toFixed(3)) }, undefined, 2));
  const ok = report.crashes === 0 && report.wrong.length === 0 && growth <= MOST_GROWTH;
  console.log(ok ? "soak: as it should be" : `soak: failed; allowed: no crash, no wrong answer, growth ${MOST_GROWTH}`);
  return ok ? 0 : 1;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error("soak:", error);
    process.exitCode = 2;
  },
);
