/**
 * What the pipeline and a fleet's container agree on. Paths and commands are SageMaker's
 * (docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-training-algo-running-container.html and
 * build-your-own-processing-container.html); the environment variables are ours.
 */

/** First argument of the container. `train` is SageMaker's own; the other two are processing jobs. */
export const FleetCommand = { Split: "split", Train: "train", Publish: "publish" } as const;
export type FleetCommand = (typeof FleetCommand)[keyof typeof FleetCommand];

/** Folders of the processing jobs, below the root that is `/opt/ml` on SageMaker. */
export const ProcessingFolder = {
  /** Dataset: one or more CSV files with the columns `customer_id`, `timestamp`, `consumption`. */
  Data: "processing/input/data",
  /** State of the fleet: `latest.json`, the manifest of the version before, when there is one. */
  State: "processing/input/state",
  /** Results of the training instances, for `publish`. */
  Results: "processing/input/results",
  /** Plan of this run, for `publish`. */
  PlanInput: "processing/input/plan",
  /** One CSV for each customer whose data changed. */
  Series: "processing/output/series",
  /** {@link PLAN_FILE} and {@link PLAN_SUMMARY_FILE}. */
  Plan: "processing/output/plan",
} as const;

/** Channel of the training job that carries one CSV for each customer. */
export const SERIES_CHANNEL = "series";

/** One line of JSON, a `PlannedCustomer`, for each customer. */
export const PLAN_FILE = "plan.jsonl";

/** A `PlanSummary`. */
export const PLAN_SUMMARY_FILE = "summary.json";

/** Keeps the channel from being empty, which SageMaker refuses, when nothing changed. */
export const NOTHING_CHANGED_FILE = "_nothing-changed";

/** Folder below the checkpoints, and so below the models of a version, where each host logs a `TrainingResult` a line. */
export const RESULTS_FOLDER = "_results";

/** Environment variables of the container. */
export const FleetEnvironment = {
  /** Name of the fleet. */
  Fleet: "FRUGAL_ML_FLEET",
  /** Version that is being trained: the id of the pipeline execution. */
  Version: "FRUGAL_ML_VERSION",
  /** JSON of model options, part of every input hash. Defaults to `{}`. */
  ModelOptions: "FRUGAL_ML_MODEL_OPTIONS",
  /** Module that takes the place of the forecast, a path in the image. Defaults to none. */
  ModelModule: "FRUGAL_ML_MODEL_MODULE",
  /** Number of training instances, for the warning about idle ones. */
  Instances: "FRUGAL_ML_INSTANCES",
  /** `s3://` address of the models, ending with a slash; for `publish`. */
  ModelsUri: "FRUGAL_ML_MODELS_URI",
  /** `s3://` address of the fleet's folder, which has `pointers/`, `pins/`, `state/` and `runs/`; for `publish`. */
  FleetUri: "FRUGAL_ML_FLEET_URI",
  /** Complete versions that stay besides what pointers and pins name; for `publish`. */
  RetainVersions: "FRUGAL_ML_RETAIN_VERSIONS",
  /** Threads that fit on a host. Defaults to one for each processor; a machine that plays several hosts shares them out. */
  Workers: "FRUGAL_ML_WORKERS",
  /** Takes the place of `/opt/ml` on this machine. */
  Root: "FRUGAL_ML_ROOT",
} as const;

/** Root of SageMaker's folders in a container. */
export const CONTAINER_ROOT = "/opt/ml";
