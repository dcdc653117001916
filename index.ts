import { NormalizingAccessPoint } from "./components";
import { readConfig } from "./stacks/config";

const config = readConfig();
const costAllocation = { environment: config.environment, costCenter: config.costCenter };

const accessPoint = new NormalizingAccessPoint(
  "images",
  { ...config.images, costAllocation },
  { protect: config.protect },
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
