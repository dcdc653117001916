import * as pulumi from "@pulumi/pulumi";
import { checkMultiModelEndpointArgs } from "./checkedMultiModelEndpointArgs";
import { makeEndpointAlarms, memoryAlarm, servingAlarms } from "./endpointAlarms";
import { endpointRole } from "./endpointRole";
import { endpointScaling } from "./endpointScaling";
import { hostedEndpoint } from "./hostedEndpoint";
import { hostedModel } from "./hostedModel";
import { onlyVariant } from "./hostedVariant";
import { modelCacheAlarms } from "./modelCacheAlarms";
import type { MultiModelEndpointArgs } from "./multiModelEndpointArgs";
import { type SteadyUsage, steadyHosting } from "./steadyUsage";

/**
 * Every customer's model behind one endpoint: SageMaker loads what `TargetModel` names from the prefix and drops what is
 * not asked for, on few instances that follow the traffic. A model that appears below the prefix is served without an
 * update.
 *
 * @example
 * const endpoint = new MultiModelEndpoint("forecast", {
 *   image: image.imageUri,
 *   modelDataUrl: fleet.modelDataUrl,
 *   savingsPlan: { term: "1yr", payment: "no-upfront", share: 0.8 },
 * });
 */
export class MultiModelEndpoint extends pulumi.ComponentResource {
  /** Name of the endpoint, for InvokeEndpoint. */
  public readonly endpointName: pulumi.Output<string>;
  /** ARN of the endpoint, for policies of callers. */
  public readonly endpointArn: pulumi.Output<string>;
  /** `s3://` address that `TargetModel` is joined to. */
  public readonly modelDataUrl: pulumi.Output<string>;
  /** ARN of the role of the containers, for the policies of keys and of other accounts' buckets. */
  public readonly roleArn: pulumi.Output<string>;
  /** What the endpoint uses in every hour, and how much of it the Savings Plan is meant to cover. */
  public readonly steadyUsage: pulumi.Output<SteadyUsage>;

  /**
   * @param name unique in the stack: lower-case letters, digits and hyphens
   * @throws pulumi.InputPropertiesError with every problem of the arguments at once
   */
  constructor(name: string, args: MultiModelEndpointArgs, opts?: pulumi.ComponentResourceOptions) {
    super("frugal-ml:index:MultiModelEndpoint", name, args, opts);
    const checked = checkMultiModelEndpointArgs(name, args);
    const { endpoint: shared, image, modelDataUrl, cacheModels, environment } = checked;

    const watch = { topics: args.alarmTopics ?? [], tags: shared.tags };
    const rollbackAlarms = args.alarms ? makeEndpointAlarms(name, servingAlarms(name, shared), watch, this) : [];
    const reach = { images: [{ uri: image }], reads: [modelDataUrl], rollbackAlarms };
    const { role, needed } = endpointRole(name, shared, reach, this);
    const container = {
      image,
      mode: "MultiModel",
      modelDataUrl,
      multiModelConfig: { modelCacheSetting: cacheModels ? "Enabled" : "Disabled" },
      environment,
    };
    const { vpc, networkIsolation, tags } = shared;
    const options = { role, needed, containers: [container], vpc, networkIsolation, tags };
    const model = hostedModel(`${name}-model`, options, this);
    if (args.alarms) {
      makeEndpointAlarms(name, [memoryAlarm(name, shared), ...modelCacheAlarms(name, checked)], watch, this);
    }
    const endpoint = hostedEndpoint(
      name,
      shared,
      { variants: [onlyVariant(model, shared)], rollbackAlarms, needed },
      this,
    );
    endpointScaling(name, shared, endpoint, this);

    this.endpointName = endpoint.name;
    this.endpointArn = endpoint.arn;
    this.modelDataUrl = pulumi.output(modelDataUrl);
    this.roleArn = role.arn;
    this.steadyUsage = pulumi.output(steadyHosting(shared.instanceType, shared.minInstances, shared.savingsPlan));
    this.registerOutputs({
      endpointName: this.endpointName,
      endpointArn: this.endpointArn,
      modelDataUrl: this.modelDataUrl,
      roleArn: this.roleArn,
      steadyUsage: this.steadyUsage,
    });
  }
}
