import * as ml from "./components";
import { readConfig } from "./stacks/config";
import { hostingImage, trainingImage } from "./stacks/containerImages";
import { pooledModel } from "./stacks/inferenceConfig";

const config = readConfig();
const costAllocation = { environment: config.environment, costCenter: config.costCenter };
const protection = { protect: config.protect };

const accessPoint = new ml.NormalizingAccessPoint("images", { ...config.images, costAllocation }, protection);

const { imageUri } = new ml.ContainerImage("forecast", { ...trainingImage(config), costAllocation }, protection);
const trainer = new ml.TrainingFleet("forecast", { ...config.fleet, image: imageUri, costAllocation }, protection);

const hosting = new ml.ContainerImage("forecast-hosting", { ...hostingImage(config), costAllocation }, protection);
const image = hosting.imageUri;
const hosted = { ...config.endpoint, image, modelDataUrl: trainer.modelDataUrl, costAllocation };
const host = new ml.MultiModelEndpoint("forecasts", hosted, protection);
const classes = new ml.ClassifierApi("digits", { ...config.classifier, costAllocation }, protection);
const pooled = new ml.PooledModel("newcomers", { ...pooledModel(config, imageUri, image), costAllocation }, protection);
new ml.SavingsPlanCoverage("savings", { ...config.savings, costAllocation }, protection);

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
  bucket: trainer.bucketName,
  data: trainer.dataUri,
  models: trainer.modelDataUrl,
  pointers: trainer.pointersUri,
  image: trainer.image,
  pipeline: trainer.pipelineName,
  startFunction: trainer.startFunctionName,
};

/** Every customer's model behind one endpoint: callers resolve a pointer, and invoke with what it names. */
export const endpoint = { name: host.endpointName, arn: host.endpointArn, steadyUsage: host.steadyUsage };

/** Pictures classified: where GET and POST go, and the queue for those who need not wait. */
export const classifier = { url: classes.url, queueUrl: classes.queueUrl, resultsUri: classes.resultsUri };

/** Customers too new for a model of their own: asked at once, later, and overnight. */
export const newcomers = { endpoint: pooled.endpointName, later: pooled.laterEndpointName, asked: pooled.askedUri };
