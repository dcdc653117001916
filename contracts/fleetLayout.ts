/**
 * Where a fleet keeps what, below the root of its bucket. Folders end with a slash: SageMaker joins prefix and object
 * name, and a prefix without one matches its neighbours too.
 */
export const FleetFolder = {
  /** The dataset, in a bucket that the fleet created. */
  Data: "data/",
  /** What a run needs only while it lasts: `{execution}/series/`, `{execution}/plan/`, `{execution}/output/`. Expires. */
  Runs: "runs/",
  /** `{version}/{customer}.tar.gz` and `{version}/manifest.json`. An endpoint serves this folder. */
  Models: "models/",
  /** `{customer}.json`: which model of a customer is current. */
  Pointers: "pointers/",
  /** `{customer}.json`: a model that the next run must leave current. */
  Pins: "pins/",
  /** `fleet.json`, so that the folder is never empty, and `latest.json`, the manifest of the last complete version. */
  State: "state/",
} as const;
export type FleetFolder = (typeof FleetFolder)[keyof typeof FleetFolder];

/** Object in {@link FleetFolder.State} that the infrastructure writes once. */
export const FLEET_OBJECT = "fleet.json";

/** Object in {@link FleetFolder.State} that a complete version replaces. */
export const LATEST_OBJECT = "latest.json";

/** Names of the parameters of a fleet's pipeline: what only the cloud knows, supplied when a run starts. */
export const PipelineParameter = {
  RoleArn: "RoleArn",
  ImageUri: "ImageUri",
  /** `s3://` address of the dataset, ending with a slash. */
  DataUri: "DataUri",
  /** `s3://` address of the fleet's folder: above `runs/`, `models/`, `pointers/`, `pins/`, `state/`; ends with a slash. */
  FleetUri: "FleetUri",
  KmsKeyArn: "KmsKeyArn",
} as const;
