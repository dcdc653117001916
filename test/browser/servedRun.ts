import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { REPORT_PATH } from "../../cli/report/page/serveReport";
import { REPORT_FILE } from "../../cli/report/page/writeReport";

const ROOT = path.resolve(__dirname, "../..");

/** Longest that a run may take, in milliseconds: a slow machine needs several times the 60 seconds of two free cores. */
const LONGEST_MS = 8 * 60_000;

/** A run of the main job that serves its report. */
export interface ServedRun {
  /** File of the page. */
  readonly file: string;
  /** Its address on the plane. */
  readonly address: string;
  /** Ends it and removes what it left. */
  stop(): Promise<void>;
}

/**
 * Runs `frugal-ml local --serve` into a folder of its own and waits until it serves.
 * @throws Error when it ends before, with what it said
 */
export async function servedRun(): Promise<ServedRun> {
  const out = await mkdtemp(path.join(tmpdir(), "frugal-ml-browser-"));
  const args = ["--import", "tsx", path.join(ROOT, "cli", "main.ts"), "local", "--serve", "--port", "0", "--out", out];
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    }
    await rm(out, { recursive: true, force: true });
  };
  try {
    const address = await served(child);
    return { file: path.join(out, REPORT_FILE), address, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The report's address, as the run prints it once it serves. */
function served(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const timer = setTimeout(() => reject(new Error(`the run did not serve in time:\n${said}`)), LONGEST_MS);
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      const address = new RegExp(`(http://127\\.0\\.0\\.1:\\d+${REPORT_PATH})\\s`).exec(said)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("exit", (code) => {
      clearTimeout(timer);
      reject(new Error(`the run ended with ${code}:\n${said}`));
    });
  });
}
