import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { CannotRunError } from "../../contracts/cannotRunError";
import { runMainJob } from "../job/mainJob";
import type { LocalPlane } from "../local/localPlane";
import { jobProgress } from "../report/jobProgress";
import { jobVerdict, servingText } from "../report/jobText";
import { jsonText } from "../report/jsonText";
import { REPORT_PATH, serveReport } from "../report/page/serveReport";
import { REPORT_FILE, writeReport } from "../report/page/writeReport";

/** Port of the plane while it serves, as other local clouds have it. */
const DEFAULT_PORT = 4566;

interface LocalOptions {
  readonly stack: string;
  readonly program: string;
  readonly images?: string;
  readonly data?: string;
  readonly interrupt?: boolean;
  readonly serve?: boolean;
  readonly port?: number;
  readonly out: string;
  readonly json?: boolean;
}

/** `frugal-ml local`: runs a stack on this machine. */
export function localCommand(): Command {
  return new Command("local")
    .description(
      "run a stack on this machine: compose, check, start, carry real photographs through it, and train a fleet",
    )
    .option("--stack <name>", "stack to run", "local")
    .option("--program <folder>", "folder of the program", ".")
    .option("--images <folder>", "your own photographs instead of the shipped ones")
    .option("--data <file>", "your own dataset for the fleet (customer_id,timestamp,consumption) instead of the seed's")
    .option("--interrupt", "take the training machines away once, as spot capacity goes; training resumes")
    .option("--serve", "keep the plane up and write out/local.json")
    .option(
      "--port <number>",
      `port on 127.0.0.1 (default: ${DEFAULT_PORT} with --serve, otherwise a free one)`,
      parsePort,
    )
    .option("--out <folder>", "folder for report.html, summary.json and local.json", "out")
    .option("--json", "print the summary as JSON, and everything else on standard error")
    .action(local);
}

async function local(options: LocalOptions): Promise<void> {
  const { stack, program, images, data, interrupt, serve = false, out, json = false } = options;
  const people = json ? process.stderr : process.stdout;
  const port = options.port ?? (serve ? DEFAULT_PORT : 0);
  await makeFolder(out);
  const signal = stopSignal();
  const job = { stack, program, images, data, interrupt, port, out, signal };
  const { plane, summary, exhibits } = await runMainJob(job, jobProgress(people));
  const page = await writeReport(out, summary, exhibits).catch(async (error: unknown) => {
    await plane.stop();
    throw error;
  });
  people.write(`${jobVerdict(summary, path.join(out, "summary.json"), path.join(out, REPORT_FILE))}\n`);
  if (json) process.stdout.write(jsonText(summary));
  if (!summary.ok && plane.recentLog.length > 0)
    console.error(
      `Last lines of the functions:\n${plane.recentLog
        .slice(-10)
        .map((line) => line.slice(0, 400))
        .join("\n")}`,
    );
  if (!summary.ok) process.exitCode = 1;
  if (serve) serveReport(plane, page);
  if (serve) await keepServing(plane, path.join(out, "local.json"), signal, people);
  await plane.stop();
}

async function keepServing(
  plane: LocalPlane,
  file: string,
  signal: AbortSignal,
  people: NodeJS.WriteStream,
): Promise<void> {
  const manifest = plane.manifest();
  // It has the plane's secret key, so it is its owner's alone.
  await writeFile(file, `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
  people.write(`${servingText(manifest, file, REPORT_PATH)}\n`);
  if (!signal.aborted) await once(signal, "abort");
  people.write("Stopping.\n");
}

/** Makes the folder of what is written at the end, so that nobody waits for what cannot be. */
async function makeFolder(out: string): Promise<void> {
  try {
    await mkdir(out, { recursive: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CannotRunError("ReportNotWritten", `${out} cannot be written: ${reason}`, { cause });
  }
}

/** Aborts at the first SIGINT or SIGTERM, so that nothing is left behind; a second one ends the process at once. */
function stopSignal(): AbortSignal {
  const aborter = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => aborter.abort());
  return aborter.signal;
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError("Allowed: an integer from 0 to 65535.");
  return port;
}
