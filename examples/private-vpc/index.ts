import * as pulumi from "@pulumi/pulumi";
// In a program of your own: import { Delivery, MultiModelEndpoint, NormalizingAccessPoint, TrainingFleet } from "frugal-ml";
import { Delivery, MultiModelEndpoint, NormalizingAccessPoint, TrainingFleet } from "../../components";

/** The network that exists, as whoever owns it names it. */
interface Network {
  readonly vpcId: string;
  readonly subnetIds: string[];
  readonly securityGroupIds: string[];
  readonly routeTableIds: string[];
}

const config = new pulumi.Config();
const network = config.requireObject<Network>("network");
const kmsKeyArn = config.require("kmsKeyArn");
const { subnetIds, securityGroupIds } = network;
const vpc = { subnetIds, securityGroupIds };

/** Derived by a function that has no way out but to S3, into a bucket that jobs read through the same network. */
const images = new NormalizingAccessPoint("images", { deliveries: [Delivery.Materialized], vpc: network, kmsKeyArn });

/** Splits and trains without any network at all; what publishes reaches S3 through the VPC. */
const fleet = new TrainingFleet("forecast", {
  image: config.require("trainingImage"),
  instanceCount: 2,
  vpc,
  networkIsolation: true,
  kmsKeyArn,
});

/** Hosts in the same subnets, and answers only callers whose IAM policy lets them ask. */
const endpoint = new MultiModelEndpoint("forecasts", {
  image: config.require("hostingImage"),
  modelDataUrl: fleet.modelDataUrl,
  instanceType: "ml.c7g.large",
  vpc,
  kmsKeyArn,
});

/** Where derived pictures are, where the data set goes, and what is asked. */
export const derived = images.derivedBucketName;
export const data = fleet.dataUri;
export const endpointName = endpoint.endpointName;
/** What the key's policy must have for the function that derives. */
export const keyStatements = images.keyPolicyStatements;
