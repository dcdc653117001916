import { parseArgs } from "node:util";
import { CALLERS, soakHostedModels } from "./hostedModels";

/**
 * Mixed load on a multi-model endpoint whose container is killed again and again: every answer is right or a documented
 * error, the container is started again, and nothing is left over.
 *
 * @example npm run soak:serve
 * @example npm run soak:serve -- --seconds 60
 */

/** Largest growth of the container, against one that had loaded all models once. */
const MOST_GROWTH = 1.5;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { seconds: { type: "string", default: "600" } } });
  const seconds = Number(values.seconds);
  if (!Number.isInteger(seconds) || seconds < 10) {
    console.error("soak: --seconds must be an integer of 10 or more");
    return 2;
  }
  const report = await soakHostedModels({
    seconds,
    models: 300,
    modelMemoryMb: 1,
    killEverySeconds: 10,
    seed: Math.floor(Date.now() / 1000),
    progress: (line) => console.log(line),
  });
  console.log(JSON.stringify(report, undefined, 2));
  const { wrong, lost, kills, restarts, processes, containerMb, openFiles } = report;
  const clean = processes.end === 1 && processes.stopped === 0 && openFiles.end <= openFiles.settled + 32;
  const ok =
    wrong.length === 0 &&
    lost <= kills * CALLERS &&
    kills > 0 &&
    restarts >= kills &&
    clean &&
    containerMb.end <= containerMb.settled * MOST_GROWTH;
  console.log(ok ? "soak: as it should be" : "soak: failed");
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
