import type { FleetPipelineSubject } from "../../components/fleetParameters";

/** A fleet as the defaults make it. */
export const SUBJECT: FleetPipelineSubject = {
  fleet: "forecast",
  split: true,
  channels: [],
  shardChannels: false,
  instanceType: "ml.c5.xlarge",
  instanceCount: 2,
  processingInstanceType: "ml.m5.large",
  volumeSizeGb: 30,
  spot: true,
  maxRuntimeSeconds: 3600,
  maxWaitSeconds: 7200,
  hasKey: false,
  vpc: undefined,
  networkIsolation: false,
  retainVersions: 5,
  modelOptions: "{}",
  modelModule: undefined,
  hyperparameters: {},
  tags: { team: "energy" },
};

/** A fleet with everything that a definition can have. */
export const EVERYTHING: FleetPipelineSubject = {
  ...SUBJECT,
  channels: ["holidays", "weather"],
  instanceType: "ml.m5.xlarge",
  hasKey: true,
  vpc: { subnets: 2, securityGroups: 1 },
  networkIsolation: true,
  modelModule: "/opt/program/ours.js",
  hyperparameters: { epochs: "3" },
};

/** A fleet that trains on its channels alone. */
export const UNSPLIT: FleetPipelineSubject = {
  ...SUBJECT,
  split: false,
  channels: ["images"],
  shardChannels: true,
  spot: false,
  instanceType: "ml.g5.xlarge",
  hasKey: true,
};
