import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
// In a program of your own:
// import { MultiModelEndpoint, NormalizingAccessPoint, TrainingFleet, tenantInvokePolicy } from "frugal-ml";
import { MultiModelEndpoint, NormalizingAccessPoint, TrainingFleet, tenantInvokePolicy } from "../../components";

const config = new pulumi.Config();
const reader = { name: config.require("readerRole"), arn: config.require("readerRoleArn") };

/** Pictures, for the role that the Python programs run with. */
const images = new NormalizingAccessPoint("images", { readers: { python: reader.arn } });

/** A forecast for each customer. */
const fleet = new TrainingFleet("forecast", { image: config.require("trainingImage") });
const endpoint = new MultiModelEndpoint("forecasts", {
  image: config.require("hostingImage"),
  modelDataUrl: fleet.modelDataUrl,
  instanceType: "ml.c7g.large",
});

new aws.iam.RolePolicy("reader-forecasts", {
  role: reader.name,
  policy: tenantInvokePolicy({
    customer: config.require("customer"),
    endpointArn: endpoint.endpointArn,
    pointersUri: pulumi.interpolate`${fleet.pointersUri}`,
  }),
});

/** All that the Python programs are told: `pulumi stack output --json > outputs.json`. */
export const url = images.url;
export const pictures = images.bucketName;
export const endpointName = endpoint.endpointName;
export const pointers = fleet.pointersUri;
