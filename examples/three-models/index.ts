import * as pulumi from "@pulumi/pulumi";
// In a program of your own: import { Delivery, NormalizingAccessPoint } from "frugal-ml";
import { Delivery, NormalizingAccessPoint, type TransformationArgs } from "../../components";

const config = new pulumi.Config();
const deliveries = [Delivery.ObjectLambda];

/** The first model's access point makes the bucket and the function. */
const detector = new NormalizingAccessPoint("detector", {
  deliveries,
  transformation: { width: 640, height: 640, channels: "rgb", fit: "contain" },
  readers: { training: config.require("detectorRole") },
  memorySize: 1769,
});

/** The others bring a shape and a reader of their own; bucket and function are the first one's. */
function sharing(name: string, role: string, transformation: TransformationArgs): NormalizingAccessPoint {
  return new NormalizingAccessPoint(name, {
    bucket: detector.bucketName,
    deliveries,
    transformation,
    readers: { training: config.require(role) },
    sharedFunction: detector.functionArn,
    sharedRole: detector.functionRole,
  });
}

const classifier = sharing("classifier", "classifierRole", { width: 224, height: 224, channels: "rgb", fit: "cover" });
const reader = sharing("reader", "readerRole", { width: 1024, height: 128, channels: "grey", fit: "inside" });

/** Where pictures go, and the name by which each model reads them. */
export const originals = detector.bucketName;
export const aliases = {
  detector: detector.objectLambdaAlias,
  classifier: classifier.objectLambdaAlias,
  reader: reader.objectLambdaAlias,
};
