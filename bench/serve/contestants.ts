import path from "node:path";
import { ServingIsolation } from "../../contracts/servingContainer";
import type { BenchServer } from "./benchServer";
import { mlServer } from "./mlServer";
import { multiModelServer } from "./multiModelServer";
import { ownServer } from "./ownServer";
import { TRIVIAL_MODEL } from "./servedModels";

/** Every server that is measured. */
export interface Contestants {
  readonly multiModelServer: BenchServer;
  readonly mlServer: BenchServer;
  readonly mlServerWorker: BenchServer;
  readonly thread: BenchServer;
  readonly process: BenchServer;
  readonly forecast: BenchServer;
}

/**
 * @param python folder of the peers' Python environment
 * @param java folder of its Java
 * @param forecasts names of the forecasts that may be loaded
 */
export function contestants(python: string, java: string, forecasts: readonly string[]): Contestants {
  const programs = path.join(python, "bin");
  const models = [TRIVIAL_MODEL, ...forecasts];
  return {
    multiModelServer: multiModelServer(programs, java),
    mlServer: mlServer(programs, 0, models),
    mlServerWorker: mlServer(programs, 1, models),
    thread: ownServer("ours, `thread`", ServingIsolation.Thread, "trivial"),
    process: ownServer("ours, `process`", ServingIsolation.Process, "trivial"),
    forecast: ownServer("ours, `process`, forecast of 730 points", ServingIsolation.Process, "forecast"),
  };
}
