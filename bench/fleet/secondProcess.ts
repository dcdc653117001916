import { spawn } from "node:child_process";
import { mkdir, readdir, rename } from "node:fs/promises";
import path from "node:path";
import { FleetCommand } from "../../contracts/fleetContainer";
import { runContainer } from "./containerProcess";
import { quantile } from "./scores";
import { seedCsv, writeDataset } from "./seedCsv";

/** What a second process is worth to the same customers. */
export interface SecondProcess {
  readonly customers: number;
  /** One process's time over two processes', median of the rounds. */
  readonly gain: number;
  /**
   * The same of a loop that only computes, in the same rounds: what the machine's second core is worth at that time. It is 2
   * where nobody else is on the machine.
   */
  readonly machine: number;
}

/** Rounds, by turns: one process, two, the loop once, twice. */
const ROUNDS = 5;

/** A loop without memory of its own, about a second long: sums that do not wait for one another, as a fit's do not. */
const LOOP = `
function loop() {
  let a = 0, b = 0, c = 0, d = 0;
  for (let i = 0; i < 7e8; i++) { a += i * 1.01; b += i * 1.02; c += i * 1.03; d += i * 1.04; }
  return a + b + c + d;
}
process.exitCode = loop() > 0 ? 0 : 1;
`;

/**
 * Trains the same customers with one process of one thread, and with two that have half of them each, by turns.
 * @param folder empty or not there
 */
export async function measureSecondProcess(folder: string, customers: number): Promise<SecondProcess> {
  const split = path.join(folder, "series");
  await writeDataset(split, async (write) => write(seedCsv(customers, 365)));
  await runContainer(split, FleetCommand.Split);
  const series = path.join(split, "processing", "output", "series");
  const names = (await readdir(series)).sort();
  const [gains, machine]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    const seconds: number[] = [];
    for (const count of [1, 2]) {
      const roots = Array.from({ length: count }, (_, index) => path.join(folder, `train-${round}-${count}-${index}`));
      for (const root of roots) await mkdir(path.join(root, "input", "data", "series"), { recursive: true });
      const place = (index: number): string => path.join(roots[index % count] ?? "", "input", "data", "series");
      for (const [index, name] of names.entries()) await rename(path.join(series, name), path.join(place(index), name));
      seconds.push(await timed(() => Promise.all(roots.map((root) => runContainer(root, FleetCommand.Train)))));
      for (const [index, name] of names.entries()) await rename(path.join(place(index), name), path.join(series, name));
    }
    gains.push(ratio(seconds));
    // Twice the loop in the time of two at once.
    machine.push(2 * ratio([await timed(loop), await timed(() => Promise.all([loop(), loop()]))]));
  }
  return { customers, gain: quantile(gains, 0.5), machine: quantile(machine, 0.5) };
}

function ratio([one = Number.NaN, two = Number.NaN]: readonly number[]): number {
  return one / two;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function loop(): Promise<void> {
  return new Promise((resolve, reject) => {
    spawn(process.execPath, ["-e", LOOP], { stdio: "ignore" })
      .once("error", reject)
      .once("exit", (code) => (code === 0 ? resolve() : reject(new Error(`The loop ended with ${code}.`))));
  });
}
