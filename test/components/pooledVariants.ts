import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { PooledModelArgs } from "../../components";
import { ENDPOINT_KEY, ENDPOINT_TOPIC } from "./endpointVariants";
import { IMAGE } from "./fleetVariants";

/** Archive of the pooled models. */
export const POOLED_ARCHIVE = path.join(__dirname, "fixtures", "pooled.tar.gz");

/** Arguments of each PooledModel by name, which is also the name of its component. */
export const POOLED_VARIANTS = {
  pooled: { archive: POOLED_ARCHIVE, image: pulumi.output(IMAGE) },
  "pooled-all": {
    archive: POOLED_ARCHIVE,
    image: IMAGE,
    laterImage: pulumi.output(IMAGE.replace("forecast", "forecast-arm64")),
    memoryMb: 3072,
    maxConcurrency: 50,
    instanceType: "ml.c7g.xlarge",
    maxInstances: 3,
    nightlyRequests: ['{"period":7}', '{"timestamps":["2026-01-01"]}'],
    schedule: "cron(0 3 * * ? *)",
    scheduleTimezone: "Europe/Berlin",
    answerRetentionDays: 90,
    alarms: true,
    alarmTopics: [ENDPOINT_TOPIC],
    kmsKeyArn: ENDPOINT_KEY,
    logRetentionDays: 365,
    forceDestroy: true,
    costAllocation: { environment: "prod", costCenter: "4711" },
    tags: { team: "forecasts" },
  },
} satisfies Record<string, PooledModelArgs>;
