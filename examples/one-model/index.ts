import * as pulumi from "@pulumi/pulumi";
// In a program of your own: import { NormalizingAccessPoint } from "frugal-ml";
import { NormalizingAccessPoint } from "../../components";

const config = new pulumi.Config();

/** Pictures stay as they are in their bucket; whoever trains gets them by HTTPS, in the size and format that it trains on. */
const images = new NormalizingAccessPoint("images", {
  bucket: config.get("bucket"),
  transformation: { width: 224, height: 224, channels: "rgb", fit: "cover" },
  readers: { training: config.require("trainingRole") },
});

/** Where originals are, and where normalised ones are read. */
export const originals = images.bucketName;
export const url = images.url;
/** Names the transformation; a training run that logs it says exactly what it read. */
export const transformation = images.transformationHash;
