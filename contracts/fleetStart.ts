/** Environment variables through which a TrainingFleet configures the function that starts its runs. */
export const FleetStartEnvironment = {
  /** Name of the pipeline. */
  Pipeline: "FRUGAL_ML_PIPELINE",
  /** Values of the pipeline's parameters by name, as JSON: all of them, since none has a default. */
  Parameters: "FRUGAL_ML_PIPELINE_PARAMETERS",
  /** {@link CompletenessCheck} as JSON; absent when runs do not wait for a derived set. */
  Completeness: "FRUGAL_ML_COMPLETENESS",
} as const;

/** A derived set that must be complete before a run starts. */
export interface CompletenessCheck {
  /** Bucket of the originals. */
  readonly source: string;
  /** Bucket of the derived objects. */
  readonly derived: string;
  /** Hash of the transformation. */
  readonly hash: string;
  /** Whether originals in quarantine are accepted as missing. Defaults to false. */
  readonly allowQuarantined?: boolean | undefined;
}

/** What the start function is called with. */
export interface FleetStartEvent {
  /** The time that a schedule meant, in ISO format; one time starts one run. Absent when somebody starts a run by hand. */
  readonly time?: string;
}

/** Why a run was not started. */
export const SkipReason = {
  /** The run before it is not over. */
  Overlap: "Overlap",
  /** What it would train on is not derived completely. */
  Incomplete: "Incomplete",
} as const;
export type SkipReason = (typeof SkipReason)[keyof typeof SkipReason];

/** What the start function answers. */
export interface FleetStartAnswer {
  readonly started: boolean;
  /** ARN of the execution that was started, or that is still going on. */
  readonly executionArn?: string;
  /** Only when it was not started. */
  readonly reason?: SkipReason;
  /** How many originals stand how; only with {@link SkipReason.Incomplete}. */
  readonly counts?: Readonly<Record<string, number>>;
}

/** Metrics of the start function with their units in CloudWatch's words; namespace and dimension are those of reads. */
export const FLEET_START_METRICS = {
  /** 1 when a run was started; otherwise 0. */
  RunsStarted: "Count",
  /** 1 when a run was not started; the reason is a property of the line. */
  RunsSkipped: "Count",
} as const;

/** Name of a metric of the start function. */
export type FleetStartMetric = keyof typeof FLEET_START_METRICS;
