import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { type CutSeries, type Forecast, forecastsSchema, seriesSetsSchema } from "./exchange";

const run = promisify(execFile);
const REQUIREMENTS = path.join(__dirname, "requirements.txt");

/** Who ours is compared with; names of forecast_peers.py. */
export const PEERS = ["prophet", "auto-ets", "seasonal-naive"] as const;
export type Peer = (typeof PEERS)[number];

/** One thread each, so that two can run on two cores. */
const ENVIRONMENT = { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };

/**
 * The Python side: what it answers is kept below a folder, under a name made of everything that it was asked and of the
 * program that answered, so that an unchanged question is not asked twice.
 */
export class PythonPeers {
  constructor(
    private readonly python: string,
    private readonly cache: string,
  ) {}

  /** The public sets, as the packages have them. */
  async publicSeries(): Promise<ReturnType<typeof seriesSetsSchema.parse>> {
    return seriesSetsSchema.parse(await this.answer("export_series.py", []));
  }

  /** A peer's forecasts of what was cut off, in the order of the series. */
  async forecasts(peer: Peer, series: readonly CutSeries[]): Promise<Forecast[]> {
    // What happened is not handed over: a peer cannot see it by mistake.
    const task = series.map(({ actual, ...seen }) => seen);
    return forecastsSchema.parse(await this.answer("forecast_peers.py", [peer], JSON.stringify(task)));
  }

  private async answer(program: string, words: readonly string[], task?: string): Promise<unknown> {
    const file = path.join(__dirname, program);
    const hash = createHash("sha256");
    for (const part of [await readFile(file), await readFile(REQUIREMENTS), words.join(" "), task ?? ""]) {
      hash.update(part).update("\0");
    }
    const kept = path.join(this.cache, `${hash.digest("hex")}.json`);
    if (!existsSync(kept)) {
      await mkdir(this.cache, { recursive: true });
      const folder = await mkdtemp(path.join(tmpdir(), "frugal-ml-fleet-"));
      try {
        const [asked, answered] = [path.join(folder, "task.json"), path.join(folder, "answer.json")];
        if (task !== undefined) await writeFile(asked, task);
        const files = task === undefined ? [answered] : [asked, answered];
        await run(this.python, [file, ...words, ...files], { env: ENVIRONMENT, maxBuffer: 64 * 1024 * 1024 });
        await writeFile(`${kept}.part`, await readFile(answered));
        await rename(`${kept}.part`, kept);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    }
    return JSON.parse(await readFile(kept, "utf8"));
  }
}
