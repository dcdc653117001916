import { ContainerImage, NormalizingAccessPoint, TrainingFleet } from "./components";
import { readConfig } from "./stacks/config";

const config = readConfig();
const costAllocation = { environment: config.environment, costCenter: config.costCenter };
const protection = { protect: config.protect };

const accessPoint = new NormalizingAccessPoint("images", { ...config.images, costAllocation }, protection);

const { repository, digest, ...fleetConfig } = config.fleet;
const { forceDestroy, kmsKeyArn } = fleetConfig;
const dockerfile = "containers/forecast/Dockerfile";
const forecastImage = new ContainerImage(
  "forecast",
  { repository, digest, dockerfile, kmsKeyArn, forceDestroy, costAllocation },
  protection,
);
const forecastFleet = new TrainingFleet(
  "forecast",
  { ...fleetConfig, image: forecastImage.imageUri, costAllocation },
  protection,
);

/** Images normalised while they are read: where originals go, and by which names the normalised ones are read. */
export const images = {
  originals: accessPoint.bucketName,
  transformation: accessPoint.transformationHash,
  url: accessPoint.url,
  objectLambdaAlias: accessPoint.objectLambdaAlias,
  objectLambdaArn: accessPoint.objectLambdaArn,
  derivedBucket: accessPoint.derivedBucketName,
  derivedPrefix: accessPoint.derivedPrefix,
  queueUrl: accessPoint.queueUrl,
  queueArn: accessPoint.queueArn,
  deadLetterQueueArn: accessPoint.deadLetterQueueArn,
};

/** One model for each customer: where the dataset goes, where models and pointers are, and what starts a run. */
export const fleet = {
  bucket: forecastFleet.bucketName,
  data: forecastFleet.dataUri,
  models: forecastFleet.modelDataUrl,
  pointers: forecastFleet.pointersUri,
  image: forecastFleet.image,
  pipeline: forecastFleet.pipelineName,
  startFunction: forecastFleet.startFunctionName,
};
