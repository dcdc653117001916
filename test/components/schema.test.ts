import { deepEqual, equal, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { ComponentResource } from "@pulumi/pulumi";
import * as z from "zod";
import { componentSchema, SCHEMA_FILE } from "../../build/componentSchema";
import * as exported from "../../components";
import { ASYNC_ENDPOINT_DEFAULTS } from "../../components/asyncEndpointArgs";
import { BATCH_TRANSFORM_DEFAULTS } from "../../components/batchTransformArgs";
import { CLASSIFIER_API_DEFAULTS } from "../../components/classifierApiArgs";
import { CONTAINER_IMAGE_DEFAULTS } from "../../components/containerImageArgs";
import { ENDPOINT_DEFAULTS } from "../../components/endpointArgs";
import { MULTI_MODEL_ENDPOINT_DEFAULTS } from "../../components/multiModelEndpointArgs";
import { NORMALIZING_ACCESS_POINT_DEFAULTS } from "../../components/normalizingAccessPointArgs";
import { POOLED_MODEL_DEFAULTS } from "../../components/pooledModelArgs";
import { SAVINGS_PLAN_COVERAGE_DEFAULTS } from "../../components/savingsPlanCoverageArgs";
import { SERVERLESS_ENDPOINT_DEFAULTS } from "../../components/serverlessEndpointArgs";
import { TRAINING_FLEET_DEFAULTS } from "../../components/trainingFleetArgs";

const ROOT = path.resolve(__dirname, "../..");

/** Defaults of endpoints on instances that answer later: they have no traffic a minute to aim at, and capture nothing. */
const { targetInvocations: _aim, capturePercent: _share, ...INSTANCES_DEFAULTS } = ENDPOINT_DEFAULTS;
const { bakeSeconds, logRetentionDays } = ENDPOINT_DEFAULTS;

/** Defaults of each component, as the code has them. */
const DEFAULTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  AsyncEndpoint: { ...INSTANCES_DEFAULTS, ...ASYNC_ENDPOINT_DEFAULTS },
  BatchTransform: BATCH_TRANSFORM_DEFAULTS,
  ClassifierApi: CLASSIFIER_API_DEFAULTS,
  ContainerImage: CONTAINER_IMAGE_DEFAULTS,
  InferencePipelineEndpoint: ENDPOINT_DEFAULTS,
  MultiContainerEndpoint: ENDPOINT_DEFAULTS,
  MultiModelEndpoint: { ...ENDPOINT_DEFAULTS, ...MULTI_MODEL_ENDPOINT_DEFAULTS },
  NormalizingAccessPoint: NORMALIZING_ACCESS_POINT_DEFAULTS,
  PooledModel: POOLED_MODEL_DEFAULTS,
  RealTimeEndpoint: ENDPOINT_DEFAULTS,
  SavingsPlanCoverage: SAVINGS_PLAN_COVERAGE_DEFAULTS,
  ServerlessEndpoint: { bakeSeconds, logRetentionDays, ...SERVERLESS_ENDPOINT_DEFAULTS },
  TrainingFleet: TRAINING_FLEET_DEFAULTS,
};

const Property = z.looseObject({ description: z.string().min(1), optional: z.boolean().optional() });
const Properties = z.record(z.string(), Property);
const Schema = z.looseObject({
  resources: z.record(
    z.string(),
    z.looseObject({ description: z.string().min(1), inputProperties: Properties, properties: Properties }),
  ),
  types: z.record(z.string(), z.looseObject({ properties: Properties })),
});

describe("component package schema", function () {
  this.timeout(120_000);
  let generated = "";

  // Generation type-checks the components with the AWS package: seconds, so it is done once.
  before(async () => {
    generated = await componentSchema(ROOT);
  });

  it(`is the committed ${SCHEMA_FILE} (regenerate: npx tsx build/componentSchema.ts)`, () => {
    equal(generated, readFileSync(path.join(ROOT, SCHEMA_FILE), "utf8"));
  });

  it("has every component class that the package exports", () => {
    const classes = Object.entries(exported).filter(
      ([, value]) => typeof value === "function" && value.prototype instanceof ComponentResource,
    );
    ok(classes.length > 0);
    deepEqual(
      Object.keys(Schema.parse(JSON.parse(generated)).resources).sort(),
      classes.map(([name]) => `frugal-ml:index:${name}`).sort(),
    );
  });

  it("describes every class, type and property", () => {
    const parsed = Schema.safeParse(JSON.parse(generated));
    deepEqual(parsed.error?.issues.map(({ path: at, message }) => `${at.join(".")}: ${message}`) ?? [], []);
  });

  it("types everything: nothing is any, nothing a union", () => {
    const seen = JSON.stringify(JSON.parse(generated));
    for (const loose of ['"oneOf"', '"enum"', "pulumi.json#/Any"]) equal(seen.includes(loose), false, loose);
  });

  it("states each default as the code has it", () => {
    const { resources } = Schema.parse(JSON.parse(generated));
    deepEqual(
      Object.keys(resources).sort(),
      Object.keys(DEFAULTS).map((component) => `frugal-ml:index:${component}`),
    );
    for (const [component, defaults] of Object.entries(DEFAULTS)) {
      const inputs = resources[`frugal-ml:index:${component}`]?.inputProperties ?? {};
      for (const [name, value] of Object.entries(defaults)) {
        const stated = /Defaults to ([^ ]+?)(\.$|\. |, | alone)/.exec(inputs[name]?.description ?? "")?.[1];
        equal(stated?.replaceAll("`", ""), String(value), `${component}.${name}`);
      }
      for (const [name, { description, optional }] of Object.entries(inputs)) {
        // An account without a bucket means nothing, so it has no default.
        if (optional && name !== "bucketAccountId") ok(/Defaults to /.test(description), `${component}.${name}`);
      }
    }
  });
});
