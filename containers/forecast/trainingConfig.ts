import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import * as z from "zod";
import { FleetEnvironment } from "../../contracts/fleetContainer";
import { InvalidInputError, printGiven } from "../../contracts/problems";
import { containerPath } from "./containerRoot";

/** `resourceconfig.json`: who this host is. */
const ResourceConfig = z.object({ current_host: z.string().regex(/^[A-Za-z0-9-]+$/) });

/** `hyperparameters.json`: SageMaker hands every value as text. */
const Hyperparameters = z.object({ workers: z.coerce.number().int().min(1).max(512).optional() });

/** How a host trains. */
export interface TrainingConfig {
  /** `algo-1`, `algo-2`, … */
  readonly host: string;
  /** Threads that fit: the hyperparameter `workers`, or else the environment's, or else one for each processor. */
  readonly workers: number;
}

/**
 * Reads what SageMaker wrote into `input/config`. Files that are not there mean one host without hyperparameters.
 * @throws InvalidInputError with everything that cannot be used
 */
export async function readTrainingConfig(environment: NodeJS.ProcessEnv): Promise<TrainingConfig> {
  const read = async (name: string): Promise<unknown> => {
    const file = containerPath(environment, "input", "config", name);
    const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return undefined;
      throw error;
    });
    return text === undefined || text.trim() === "" ? undefined : JSON.parse(text);
  };
  const resources = ResourceConfig.safeParse((await read("resourceconfig.json")) ?? { current_host: "algo-1" });
  const given = (await read("hyperparameters.json")) ?? {};
  const hyperparameters = Hyperparameters.safeParse(given);
  const problems = [
    ...(resources.error?.issues.map((issue) => ({
      property: `resourceconfig.${issue.path.join(".")}`,
      given: "something else",
      allowed: "letters, digits and hyphens",
    })) ?? []),
    ...(hyperparameters.error?.issues.map((issue) => ({
      property: `hyperparameters.${issue.path.join(".")}`,
      given: printGiven(given),
      allowed: "an integer from 1 to 512",
    })) ?? []),
  ];
  if (!resources.success || !hyperparameters.success) throw new InvalidInputError("training configuration", problems);
  const fromEnvironment = Hyperparameters.parse({ workers: environment[FleetEnvironment.Workers] }).workers;
  return {
    host: resources.data.current_host,
    workers: hyperparameters.data.workers ?? fromEnvironment ?? availableParallelism(),
  };
}
