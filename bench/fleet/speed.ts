import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { bundledTraining } from "./bundledTraining";
import { quantile } from "./scores";
import { Dates, writeSpeedSeries } from "./speedSeries";

/** Whose work is timed. Ours with its backtest does more than anyone else. */
export type Trainer = "ours" | "ours, with backtest" | SpeedPeer;

/** Names of speed_peers.py. */
export type SpeedPeer = "prophet" | "holt-winters" | "auto-ets";

/** Fits per second of a core, for series of a length whose customers have dates of their own, or the same ones. */
export interface SpeedCase {
  readonly points: number;
  readonly dates: Dates;
  /** Medians of the rounds. */
  readonly fitsPerSecond: Readonly<Partial<Record<Trainer, number>>>;
  /** How many times faster ours is without its backtest: the median of each round's own ratio. */
  readonly ratios: Readonly<Partial<Record<SpeedPeer, number>>>;
}

const LENGTHS = [120, 730] as const;

/** Customers that are trained in a turn: as many as are stable, and take seconds. */
const PEER_CUSTOMERS: Readonly<Record<SpeedPeer, number>> = { prophet: 20, "holt-winters": 10, "auto-ets": 5 };

/** Customers of ours whose backtest is timed too, and those before the first that is timed. */
const BACKTESTED = 300;

/** Only Prophet sees dates. */
const PEERS_OF: Readonly<Record<Dates, readonly SpeedPeer[]>> = {
  distinct: ["prophet", "holt-winters", "auto-ets"],
  shared: ["prophet"],
};

/** Measures in turns, peers in one process of Python with one thread. */
export async function measureSpeed(python: string, rounds: number, customers: number): Promise<SpeedCase[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "frugal-ml-fleet-"));
  const env = { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1", NUMBA_NUM_THREADS: "1" };
  const child = spawn(python, [path.join(__dirname, "speed_peers.py")], { env, stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (peer: SpeedPeer, series: string, count: number): Promise<number> => {
    child.stdin.write(`${[peer, series, "0", count].join("\t")}\n`);
    const milliseconds = Number((await lines.next()).value);
    if (!(milliseconds > 0)) throw new Error(`${peer} failed.`);
    return milliseconds;
  };
  try {
    const trainOwn = await bundledTraining(folder);
    let turns = 0;
    const train: Train = (series, count, backtest) =>
      trainOwn(series, path.join(folder, `archives-${turns++}`), Math.min(customers, count), backtest);
    const cases: SpeedCase[] = [];
    for (const points of LENGTHS) {
      for (const dates of [Dates.Distinct, Dates.Shared]) {
        const series = path.join(folder, `${points}-${dates}`);
        await writeSpeedSeries(series, points, customers, dates);
        cases.push({ points, dates, ...(await measureCase(series, dates, rounds, customers, train, ask)) });
      }
    }
    return cases;
  } finally {
    child.stdin.end();
    await rm(folder, { recursive: true, force: true });
  }
}

/** CPU milliseconds of a customer's training by ours. */
type Train = (series: string, customers: number, backtest: boolean) => number;

async function measureCase(
  series: string,
  dates: Dates,
  rounds: number,
  customers: number,
  train: Train,
  ask: (peer: SpeedPeer, series: string, count: number) => Promise<number>,
): Promise<Pick<SpeedCase, "fitsPerSecond" | "ratios">> {
  const times = new Map<Trainer, number[]>();
  const peers = PEERS_OF[dates];
  const noted = (trainer: Trainer, milliseconds: number): void => {
    times.set(trainer, [...(times.get(trainer) ?? []), milliseconds]);
  };
  // Not timed: code is compiled, libraries are loaded.
  train(series, BACKTESTED, false);
  for (const peer of peers) await ask(peer, series, 2);
  for (let round = 0; round < rounds; round++) {
    noted("ours", train(series, customers, false));
    for (const peer of peers) noted(peer, await ask(peer, series, Math.min(customers, PEER_CUSTOMERS[peer])));
    noted("ours, with backtest", train(series, BACKTESTED, true));
  }
  const ours = times.get("ours") ?? [];
  const ratio = (peer: SpeedPeer): number =>
    quantile(
      (times.get(peer) ?? []).map((time, round) => time / (ours[round] ?? Number.NaN)),
      0.5,
    );
  return {
    fitsPerSecond: Object.fromEntries([...times].map(([trainer, found]) => [trainer, 1000 / quantile(found, 0.5)])),
    ratios: Object.fromEntries(peers.map((peer) => [peer, ratio(peer)])),
  };
}
