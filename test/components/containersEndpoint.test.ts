import { deepEqual } from "node:assert/strict";
import { assertComponentChildren } from "./assertComponentChildren";
import { expectedEndpointRole, expectedHosting, expectedScaling } from "./expectedEndpoint";
import { expectedOptionAlarms, expectedOptionModel, planTags, repositoryOf, watchAlarms } from "./expectedOption";
import { IMAGE } from "./fleetVariants";
import { ARCHIVE } from "./optionVariants";
import { recordedVariant } from "./recordedProgram";

const OWN = repositoryOf("123456789012", "frugal-ml-test/forecast");

describe("Endpoints of several containers", function () {
  this.timeout(120_000);

  it("MultiContainerEndpoint: the container that is asked answers, each with its image, on shared instances", () => {
    const name = "several";
    const tags = planTags(name, "1yr", "no-upfront", "1");
    const alarms = expectedOptionAlarms({ component: name, tags });
    const rollback = [`${name}-errors-alarm`, `${name}-latency-alarm`];
    return assertComponentChildren(
      "frugal-ml:index:MultiContainerEndpoint",
      name,
      alarms.errors,
      alarms.latency,
      expectedEndpointRole(name, {
        tags,
        pull: [repositoryOf("683313688378", "sagemaker-xgboost"), OWN],
        watch: [watchAlarms(...rollback)],
        models: "our-models/churn/v1/model.tar.gz",
      }),
      expectedOptionModel(name, {
        tags,
        mode: "Direct",
        containers: [
          {
            containerHostname: "prices",
            image: "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.5-1-arm64",
            modelDataUrl: ARCHIVE,
          },
          { containerHostname: "texts", image: IMAGE, environment: { LOG_LEVEL: "warn" } },
        ],
      }),
      alarms.memory,
      expectedHosting(name, {
        tags,
        variant: { instanceType: "ml.m7g.xlarge", initialInstanceCount: 1, volumeSizeInGb: 30 },
        routing: { type: "ALL_AT_ONCE" },
        rollback,
      }),
      expectedScaling(name, [1, 4], [6000, 300, 60], tags),
    );
  });

  it("InferencePipelineEndpoint: a request passes through them in order, one of them multi-model", () => {
    const name = "serial";
    return assertComponentChildren(
      "frugal-ml:index:InferencePipelineEndpoint",
      name,
      expectedEndpointRole(name, { models: "our-models/teams/forecast/models/" }),
      expectedOptionModel(name, {
        mode: "Serial",
        containers: [
          { containerHostname: "features", image: IMAGE },
          {
            containerHostname: "forecast",
            image: IMAGE,
            mode: "MultiModel",
            modelDataUrl: "s3://our-models/teams/forecast/models/",
          },
        ],
      }),
      expectedHosting(name, {
        variant: { instanceType: "ml.c7g.large", initialInstanceCount: 1, volumeSizeInGb: 30 },
        routing: { type: "ALL_AT_ONCE" },
      }),
    );
  });

  it("tell what callers and plans need", async () => {
    const outputs = (name: string) => ({
      endpointName: `frugal-ml-test-${name}`,
      endpointArn: `arn:aws:sagemaker:us-east-1:123456789012:endpoint/${name}-endpoint`,
      roleArn: `arn:aws:iam::123456789012:role/${name}-role`,
    });
    deepEqual((await recordedVariant("several")).outputs, {
      ...outputs("several"),
      containerNames: ["prices", "texts"],
      steadyUsage: {
        usageType: "Host:ml.m7g.xlarge",
        instanceHours: 1,
        coveredInstanceHours: 1,
        term: "1yr",
        payment: "no-upfront",
      },
    });
    deepEqual((await recordedVariant("serial")).outputs, {
      ...outputs("serial"),
      containerNames: ["features", "forecast"],
      steadyUsage: {
        usageType: "Host:ml.c7g.large",
        instanceHours: 1,
        coveredInstanceHours: 0,
        term: "",
        payment: "",
      },
    });
  });
});
