import { assertComponentChildren } from "./assertComponentChildren";
import { ENDPOINT_KEY } from "./endpointVariants";
import { endpointTags, expectedEndpointRole, expectedHosting, useKey } from "./expectedEndpoint";
import { expectedOptionAlarms, expectedOptionModel, repositoryOf, watchAlarms } from "./expectedOption";
import type { Expected } from "./expectedResources";
import { IMAGE } from "./fleetVariants";
import { ARCHIVE } from "./optionVariants";
import type { VariantName } from "./variants";

const assertChildren = (name: VariantName, ...parts: readonly Expected[]): Promise<void> =>
  assertComponentChildren("frugal-ml:index:ServerlessEndpoint", name, ...parts);

describe("ServerlessEndpoint", function () {
  this.timeout(120_000);

  it("has memory instead of instances, and neither isolation, network nor scaling, by default", () => {
    const name = "bare";
    return assertChildren(
      name,
      expectedEndpointRole(name, { models: [] }),
      expectedOptionModel(name, { container: { image: IMAGE }, isolated: undefined }),
      expectedHosting(name, {
        variant: { serverlessConfig: { memorySizeInMb: 2048, maxConcurrency: 20 } },
        routing: { type: "ALL_AT_ONCE" },
      }),
    );
  });

  it("keeps memory ready, more of it with the traffic, of AWS's x86 image, and reads with a key that encrypts no volume", () => {
    const name = "bare-ready";
    const alarms = expectedOptionAlarms({ component: name });
    const rollback = [`${name}-errors-alarm`, `${name}-latency-alarm`];
    const scaled = {
      serviceNamespace: "sagemaker",
      scalableDimension: "sagemaker:variant:DesiredProvisionedConcurrency",
      resourceId: `endpoint/frugal-ml-test-${name}/variant/AllTraffic`,
    };
    return assertChildren(
      name,
      alarms.errors,
      alarms.latency,
      expectedEndpointRole(name, {
        pull: repositoryOf("763104351884", "tensorflow-inference"),
        watch: [watchAlarms(...rollback)],
        models: "our-models/churn/v1/model.tar.gz",
        further: useKey(ENDPOINT_KEY),
      }),
      expectedOptionModel(name, {
        isolated: undefined,
        container: {
          image: "763104351884.dkr.ecr.us-east-1.amazonaws.com/tensorflow-inference:2.19.0-cpu",
          modelDataUrl: ARCHIVE,
        },
      }),
      alarms.memory,
      expectedHosting(name, {
        variant: { serverlessConfig: { memorySizeInMb: 6144, maxConcurrency: 200, provisionedConcurrency: 2 } },
        routing: { type: "ALL_AT_ONCE" },
        rollback,
      }),
      {
        [`aws:appautoscaling/target:Target ${name}-scaling`]: {
          ...scaled,
          minCapacity: 2,
          maxCapacity: 10,
          tags: endpointTags(name),
        },
        [`aws:appautoscaling/policy:Policy ${name}-scaling-policy`]: {
          policyType: "TargetTrackingScaling",
          ...scaled,
          targetTrackingScalingPolicyConfiguration: {
            predefinedMetricSpecification: {
              predefinedMetricType: "SageMakerVariantProvisionedConcurrencyUtilization",
            },
            targetValue: 0.5,
          },
        },
      },
    );
  });
});
