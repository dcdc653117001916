import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
// In a program of your own: import { MultiModelEndpoint, TrainingFleet, tenantInvokePolicy } from "frugal-ml";
import { MultiModelEndpoint, TrainingFleet, tenantInvokePolicy } from "../../components";

const config = new pulumi.Config();

/** A data set of all customers in; a model for each of them out, every night. */
const fleet = new TrainingFleet("forecast", {
  image: config.require("trainingImage"),
  instanceCount: 2,
  schedule: "cron(0 2 * * ? *)",
  expectedCustomers: 1000,
});

/** All of them behind one endpoint on Graviton: a model is loaded when its customer first asks. */
const endpoint = new MultiModelEndpoint("forecasts", {
  image: config.require("hostingImage"),
  modelDataUrl: fleet.modelDataUrl,
  instanceType: "ml.c7g.large",
  minInstances: 1,
  maxInstances: 4,
});

/** What lets one customer's callers ask for that customer's models and no others'. */
const acme = new aws.iam.Policy("acme", {
  policy: tenantInvokePolicy({
    customer: "acme",
    endpointArn: endpoint.endpointArn,
    pointersUri: pulumi.interpolate`${fleet.pointersUri}`,
  }),
});

/** Where the data set goes, what is asked, and by which policy. */
export const data = fleet.dataUri;
export const endpointName = endpoint.endpointName;
export const pointers = fleet.pointersUri;
export const acmePolicyArn = acme.arn;
