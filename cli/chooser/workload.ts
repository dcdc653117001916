/** How requests arrive. */
export const TrafficPattern = {
  /** About as many in every hour. */
  Steady: "steady",
  /** Bursts with pauses between them. */
  Spiky: "spiky",
  /** All of a day's at once. */
  Nightly: "nightly",
} as const;
export type TrafficPattern = (typeof TrafficPattern)[keyof typeof TrafficPattern];

/** What is to be answered, and how. */
export interface Workload {
  /** Bytes of a request, and of its answer. */
  readonly payloadBytes: number;
  readonly answerBytes: number;
  /** Milliseconds that one request takes on one vCPU, or on the GPU with `gpu`. */
  readonly durationMs: number;
  /** Milliseconds after which an answer must be there. */
  readonly latencyMs: number;
  readonly requestsPerMonth: number;
  readonly pattern: TrafficPattern;
  /** Times the average that traffic has while there is any: it comes in a month's 1/peakFactor. At least 1. */
  readonly peakFactor: number;
  /** MB that a container needs with one model loaded. */
  readonly memoryMb: number;
  /** Models, each asked for by name. */
  readonly models: number;
  /** Share of the models that are asked for at about the same time, above 0 to 1. */
  readonly activeShare: number;
  /** Containers of different frameworks, each asked for by name. */
  readonly frameworks: number;
  /** Containers that each request passes through one after another. */
  readonly steps: number;
  readonly gpu: boolean;
  /** Whether the containers must stand in a VPC. */
  readonly vpc: boolean;
  /** Whether the model runs in ONNX Runtime. */
  readonly onnx: boolean;
  /** Milliseconds that a first answer may wait for a start; undefined when any start may be waited for. */
  readonly coldStartToleranceMs?: number;
  /** Milliseconds that a start was measured to take; undefined when it was not measured. */
  readonly coldStartMs?: number;
  readonly region: string;
}

/** Share of the time with traffic in each pattern, as its inverse: what is assumed where nobody says. */
export const PEAK_FACTORS: Readonly<Record<TrafficPattern, number>> = { steady: 1, spiky: 10, nightly: 24 };

/** What is assumed of a workload where nobody says. */
export const WORKLOAD_DEFAULTS = {
  answerBytes: 10 * 1024,
  memoryMb: 2048,
  models: 1,
  activeShare: 0.1,
  frameworks: 1,
  steps: 1,
  region: "us-east-1",
} as const;
