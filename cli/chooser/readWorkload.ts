import { CommandLineProblems } from "../../contracts/commandLineProblems";
import { isRegion } from "../../contracts/region";
import { BYTES, COUNT, DURATION, FACTOR, RATE, SHARE, type Unit } from "./units";
import { PEAK_FACTORS, TrafficPattern, WORKLOAD_DEFAULTS, type Workload } from "./workload";

/** A workload as the command line says it. */
export interface WorkloadArguments {
  readonly payload?: string;
  readonly answer?: string;
  readonly duration?: string;
  readonly latency?: string;
  readonly requests?: string;
  readonly pattern?: string;
  readonly peakFactor?: string;
  readonly memory?: string;
  readonly models?: string;
  readonly activeShare?: string;
  readonly frameworks?: string;
  readonly steps?: string;
  readonly gpu?: boolean;
  readonly vpc?: boolean;
  readonly onnx?: boolean;
  readonly coldStartTolerance?: string;
  readonly coldStart?: string;
  readonly region?: string;
}

/** A text that was read, and where it stands. */
type TextArgument = Exclude<keyof WorkloadArguments, "gpu" | "vpc" | "onnx">;

const MB = 1024 ** 2;

/**
 * Reads a workload.
 * @throws CannotRunError `BadUsage` with every problem at once
 */
export function readWorkload(given: WorkloadArguments): Workload {
  const problems = new CommandLineProblems();
  const refuse = (name: string, value: unknown, allowed: string): void => problems.refuse(`--${name}`, value, allowed);
  const optional = (key: TextArgument, name: string, unit: Unit): number | undefined => {
    const text = given[key];
    const value = text === undefined ? undefined : unit.read(text);
    if (text !== undefined && value === undefined) refuse(name, text, unit.allowed);
    return value;
  };
  const needed = (key: TextArgument, name: string, unit: Unit): number => {
    if (given[key] === undefined) refuse(name, undefined, unit.allowed);
    const value = optional(key, name, unit);
    if (value === 0) refuse(name, given[key], "more than 0");
    return value ?? 0;
  };
  const pattern = Object.values(TrafficPattern).find((one) => one === given.pattern);
  if (pattern === undefined) refuse("pattern", given.pattern, `one of ${Object.values(TrafficPattern).join(", ")}`);
  const region = given.region ?? WORKLOAD_DEFAULTS.region;
  if (!isRegion(region)) refuse("region", region, "a Region, for example us-east-1");
  const memory = optional("memory", "memory", BYTES);
  const coldStartToleranceMs = optional("coldStartTolerance", "cold-start-tolerance", DURATION);
  const coldStartMs = optional("coldStart", "cold-start", DURATION);
  const models = optional("models", "models", COUNT) ?? WORKLOAD_DEFAULTS.models;
  const frameworks = optional("frameworks", "frameworks", COUNT) ?? WORKLOAD_DEFAULTS.frameworks;
  if (frameworks > 1 && given.models !== undefined && models < frameworks)
    refuse("models", given.models, `at least as many as --frameworks, which are ${frameworks}`);
  const workload: Workload = {
    payloadBytes: needed("payload", "payload", BYTES),
    answerBytes: optional("answer", "answer", BYTES) ?? WORKLOAD_DEFAULTS.answerBytes,
    durationMs: needed("duration", "duration", DURATION),
    latencyMs: needed("latency", "latency", DURATION),
    requestsPerMonth: needed("requests", "requests", RATE),
    pattern: pattern ?? TrafficPattern.Steady,
    peakFactor: optional("peakFactor", "peak-factor", FACTOR) ?? PEAK_FACTORS[pattern ?? TrafficPattern.Steady],
    memoryMb: memory === undefined ? WORKLOAD_DEFAULTS.memoryMb : Math.ceil(memory / MB),
    models: Math.max(models, frameworks),
    activeShare: optional("activeShare", "active-share", SHARE) ?? WORKLOAD_DEFAULTS.activeShare,
    frameworks,
    steps: optional("steps", "steps", COUNT) ?? WORKLOAD_DEFAULTS.steps,
    gpu: given.gpu ?? false,
    vpc: given.vpc ?? false,
    onnx: given.onnx ?? false,
    ...(coldStartToleranceMs !== undefined && { coldStartToleranceMs }),
    ...(coldStartMs !== undefined && { coldStartMs }),
    region,
  };
  if (problems.any) throw problems.error();
  return workload;
}
