import { type ChildProcess, spawn } from "node:child_process";
import { CannotRunError } from "../../contracts/cannotRunError";
import { preloadOptions } from "../graph/programPreload";
import type { PackFolder } from "./packFolder";

/** A policy pack that runs and listens. */
export interface PackProcess {
  /** Where it listens, `127.0.0.1:port`. */
  readonly address: string;
  /** What it wrote on stderr so far, its last lines. */
  stderr(): string;
  /** Ends it at once; does nothing when it has ended. */
  kill(): void;
}

/** No engine listens here: packs are given an address by protocol, and the Node.js runner does not use it. */
const NO_ENGINE = "127.0.0.1:0";

/** Characters of stderr that are kept: enough for a stack trace or a page of compiler errors. */
const KEPT_STDERR = 8_000;

/** Signals that end this process, and so must end the pack's. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Starts a policy pack as the engine's language host does: Node.js, the SDK's runner, the pack's folder as the working
 * directory. What few packs use of the SDK is loaded when it is asked for, as for programs. It is killed when this process
 * ends, however that comes about short of SIGKILL.
 * @param environment added to this process's own
 * @param timeout milliseconds until it must listen
 * @throws CannotRunError `PackDidNotStart` with its stderr, or `PackTimedOut`
 */
export async function startPack(
  pack: PackFolder,
  environment: Readonly<Record<string, string>>,
  timeout: number,
): Promise<PackProcess> {
  const child = spawn(process.execPath, [pack.runner, NO_ENGINE, pack.folder], {
    cwd: pack.folder,
    env: { ...process.env, ...pack.environment, ...environment, NODE_OPTIONS: preloadOptions() },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const kill = killWithThisProcess(child);
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors = (errors + text).slice(-KEPT_STDERR);
  });
  const stderr = () => errors.trim();
  try {
    const port = await listeningPort(child, pack, stderr, timeout);
    return { address: `127.0.0.1:${port}`, stderr, kill };
  } catch (error) {
    kill();
    throw error;
  }
}

/** The first line a pack prints is the port it listens on. What it prints afterwards is its own business. */
function listeningPort(child: ChildProcess, pack: PackFolder, stderr: () => string, timeout: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = "";
    const fail = (code: string, reason: string): void => {
      clearTimeout(timer);
      const said = stderr() || output.trim();
      reject(new CannotRunError(code, `policy pack ${pack.label} ${reason}${said ? `:\n${said}` : ""}`));
    };
    const timer = setTimeout(() => fail("PackTimedOut", `did not start within ${timeout / 1000} s`), timeout);
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      if (output.length < KEPT_STDERR) output += text;
      const port = /^(\d+)\r?\n/.exec(output)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    });
    child.once("error", (error) => fail("PackDidNotStart", `could not be started (${error.message})`));
    child.once("close", (code, signal) => fail("PackDidNotStart", `ended with ${signal ?? `exit code ${code}`}`));
  });
}

function killWithThisProcess(child: ChildProcess): () => void {
  const kill = (): void => {
    child.kill("SIGKILL");
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    kill();
    forget();
    // With nobody else to handle it, the signal does what it would have done without us.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  const forget = (): void => {
    process.off("exit", kill);
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
  process.once("exit", kill);
  for (const signal of SIGNALS) process.on(signal, onSignal);
  child.once("close", forget);
  return kill;
}
