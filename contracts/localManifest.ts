import type { Delivery } from "./delivery";
import type { ModuleTransformation } from "./moduleTransformation";
import type { Transformation } from "./transformation";

/** One way to read one access point. */
export interface LocalAccessPoint {
  readonly name: string;
  readonly delivery: Delivery;
  readonly arn: string;
  /**
   * Bucket-like name that an S3 client reads through; for `function-url` the alias of the plain access point, for
   * `materialized` the derived bucket.
   */
  readonly alias: string;
  /** Address of the function URL; only for `function-url`. */
  readonly url?: string;
  /** What stands before an original's key in the derived bucket; only for `materialized`. */
  readonly prefix?: string;
  /** Address of the queue of changes, for back-fills; only for `materialized`. */
  readonly queueUrl?: string;
  /** Bucket that holds the originals. */
  readonly bucket: string;
  /** Hash of the transformation. */
  readonly hash: string;
  /** What is done to images; absent when a module takes their place. */
  readonly transformation?: Transformation;
  /** The module that takes the place of the image transformation, and its options. */
  readonly module?: ModuleTransformation;
}

/** A fleet that was trained. */
export interface LocalFleetEntry {
  readonly name: string;
  /** Customers that have a model. */
  readonly models: number;
  /** Version that was published last. */
  readonly latest: string;
  /** `s3://` address above `models/`, `pointers/`, `pins/` and `state/`; ends with a slash. */
  readonly fleetUri: string;
  /** `s3://` address of the dataset; absent without a split. */
  readonly dataUri?: string | undefined;
  readonly pipeline: string;
  readonly startFunction: string;
}

/** An endpoint that can be invoked. */
export interface LocalEndpointEntry {
  /** EndpointName. */
  readonly name: string;
  /** `multi-model`, `real-time`, `serverless`, `async`, `multi-container` or `inference-pipeline`. */
  readonly kind: string;
  /** Models below the prefix; only of a multi-model endpoint. */
  readonly models?: number;
  /** `s3://` address of the archive, or of the prefix of all archives. */
  readonly modelDataUrl?: string;
  /** Its first production variant. */
  readonly variant?: string;
  /** `s3://` address of the folder that answers are written to; only of an asynchronous endpoint. */
  readonly outputUri?: string;
}

/** An HTTP API, or a classifier behind one or behind a function URL. */
export interface LocalApiEntry {
  readonly name: string;
  /** Address, with a slash at its end. */
  readonly url: string;
  /** Name of the service in signatures, `execute-api` or `lambda`; only of a classifier that takes signed requests. */
  readonly signedFor?: string;
  /** Address of a classifier's queue of pictures, as the next three only with one. */
  readonly queueUrl?: string;
  /** `s3://` address of the folders whose pictures messages may name. */
  readonly pictureUris?: readonly string[];
  /** `s3://` address of the folder that results are written to, when they are. */
  readonly resultsUri?: string;
  /** Address of the queue that results are sent to, when they are. */
  readonly resultsQueueUrl?: string;
}

/**
 * What `frugal-ml local --serve` writes to `out/local.json`, so that any client finds the plane.
 * Fields are only ever added.
 */
export interface LocalManifest {
  readonly version: 1;
  /** Address of the plane: S3, SageMaker Runtime, functions and APIs on one port of 127.0.0.1. */
  readonly endpoint: string;
  readonly region: string;
  readonly accountId: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly buckets: readonly string[];
  readonly accessPoints: readonly LocalAccessPoint[];
  readonly fleets: readonly LocalFleetEntry[];
  readonly endpoints: readonly LocalEndpointEntry[];
  readonly apis: readonly LocalApiEntry[];
}
