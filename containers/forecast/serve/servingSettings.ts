import { getHeapStatistics } from "node:v8";
import { FleetEnvironment } from "../../../contracts/fleetContainer";
import { InvalidInputError, type Problem, printGiven } from "../../../contracts/problems";
import {
  MULTI_MODEL_TRUE,
  SERVING_PORT,
  ServingEnvironment,
  ServingIsolation,
} from "../../../contracts/servingContainer";
import { availableMemory } from "./availableMemory";

/** How a container serves. */
export interface ServingSettings {
  readonly multiModel: boolean;
  /** Address that it listens on: every one in a container; this machine's own, when the environment moves `/opt/ml`. */
  readonly address: string;
  readonly port: number;
  readonly isolation: ServingIsolation;
  /** Bytes that loaded models may take. */
  readonly modelBytes: number;
}

const MEGABYTE = 1024 * 1024;

/** Share of the container's memory that is for models, unless the environment says how much. */
const MODEL_SHARE = 0.5;

/** Share of the heap that models in the server's own thread may take: beyond its end, the process ends. */
const HEAP_SHARE = 0.75;

/**
 * Reads how to serve from the environment.
 * @throws InvalidInputError with everything that cannot be used
 */
export function readServingSettings(environment: NodeJS.ProcessEnv): ServingSettings {
  const problems: Problem[] = [];
  const read = <T>(name: string, fallback: T, allowed: string, parse: (text: string) => T | undefined): T => {
    const text = environment[name];
    if (text === undefined || text === "") return fallback;
    const value = parse(text);
    if (value === undefined) problems.push({ property: name, given: printGiven(text), allowed });
    return value ?? fallback;
  };
  const within = (least: number, most: number) => (text: string) => {
    const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    return number >= least && number <= most ? number : undefined;
  };
  const ownModule = (environment[FleetEnvironment.ModelModule] ?? "") !== "";
  const multiModel = environment[ServingEnvironment.MultiModel]?.toLowerCase() === MULTI_MODEL_TRUE;
  const port = read(ServingEnvironment.BindToPort, SERVING_PORT, "a port, 0 to 65535", within(0, 65_535));
  const isolation = read<ServingIsolation>(
    ServingEnvironment.Isolation,
    ownModule ? ServingIsolation.Thread : ServingIsolation.Process,
    Object.values(ServingIsolation).join(" or "),
    (text) => Object.values(ServingIsolation).find((value) => value === text),
  );
  const byDefault = Math.floor((availableMemory() * MODEL_SHARE) / MEGABYTE);
  const megabytes = read(ServingEnvironment.ModelMemoryMb, byDefault, "MB, 1 to 1000000", within(1, 1_000_000));
  if (problems.length > 0) throw new InvalidInputError("environment of the container", problems);
  const heap = Math.floor(getHeapStatistics().heap_size_limit * HEAP_SHARE);
  const modelBytes =
    isolation === ServingIsolation.Process ? Math.min(heap, megabytes * MEGABYTE) : megabytes * MEGABYTE;
  const address = environment[FleetEnvironment.Root] === undefined ? "0.0.0.0" : "127.0.0.1";
  return { multiModel, address, port, isolation, modelBytes };
}
