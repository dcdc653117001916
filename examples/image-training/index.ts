import * as pulumi from "@pulumi/pulumi";
// In a program of your own: import { Delivery, NormalizingAccessPoint, TrainingFleet } from "frugal-ml";
import { Delivery, NormalizingAccessPoint, TrainingFleet } from "../../components";

const config = new pulumi.Config();

/** Every picture that is uploaded is normalised once, by cheap Graviton functions; training never resizes one. */
const images = new NormalizingAccessPoint("images", {
  deliveries: [Delivery.Materialized],
  transformation: { width: 224, height: 224, channels: "rgb" },
});
const derived = pulumi.interpolate`${images.derivedBucketName}`;

/** Trains on the derived pictures alone, and only when each original has one. */
const fleet = new TrainingFleet("classifier", {
  image: config.require("image"),
  split: false,
  channels: { images: pulumi.interpolate`s3://${derived}/${images.derivedPrefix}` },
  shardChannels: true,
  completeness: { source: images.bucketName, derived, hash: images.transformationHash },
  instanceType: "ml.g5.xlarge",
  instanceCount: 1,
  maxRuntimeSeconds: 4 * 3600,
  hyperparameters: { epochs: "10" },
});

/** Where pictures go, where models come out, and what starts a run. */
export const originals = images.bucketName;
export const models = fleet.modelDataUrl;
export const startFunction = fleet.startFunctionName;
