import * as pulumi from "@pulumi/pulumi";
import { type CheckedVariant, checkRealTimeEndpointArgs } from "./checkedRealTimeEndpointArgs";
import { makeEndpointAlarms, memoryAlarm, servingAlarms } from "./endpointAlarms";
import { endpointRole } from "./endpointRole";
import { endpointScaling } from "./endpointScaling";
import { hostedEndpoint } from "./hostedEndpoint";
import { hostedModel, modelContainer } from "./hostedModel";
import { type HostedVariant, variantPart } from "./hostedVariant";
import type { RealTimeEndpointArgs } from "./realTimeEndpointArgs";
import { type SteadyUsage, steadyHosting } from "./steadyUsage";

/**
 * A model that answers at once, on instances that follow the traffic; or several, among which the traffic is shared out, or one
 * beside which another is tried out unheard.
 *
 * @example
 * const endpoint = new RealTimeEndpoint("sentiment", {
 *   framework: "pytorch",
 *   frameworkVersion: "2.4",
 *   modelDataUrl: "s3://our-models/sentiment/v1/model.tar.gz",
 *   savingsPlan: { term: "1yr", payment: "no-upfront" },
 * });
 */
export class RealTimeEndpoint extends pulumi.ComponentResource {
  /** Name of the endpoint, for InvokeEndpoint. */
  public readonly endpointName: pulumi.Output<string>;
  /** ARN of the endpoint, for policies of callers. */
  public readonly endpointArn: pulumi.Output<string>;
  /** ARN of the role of the containers, for the policies of keys and of other accounts' buckets. */
  public readonly roleArn: pulumi.Output<string>;
  /** Names of the production variants, for `TargetVariant`. */
  public readonly variantNames: pulumi.Output<string[]>;
  /** What each variant uses in every hour, the shadow last, and how much of it the Savings Plan is meant to cover. */
  public readonly steadyUsage: pulumi.Output<SteadyUsage[]>;

  /**
   * @param name unique in the stack: lower-case letters, digits and hyphens
   * @throws pulumi.InputPropertiesError with every problem of the arguments at once
   */
  constructor(name: string, args: RealTimeEndpointArgs, opts?: pulumi.ComponentResourceOptions) {
    super("frugal-ml:index:RealTimeEndpoint", name, args, opts);
    const { endpoint: shared, variants, shadow } = checkRealTimeEndpointArgs(name, args);
    const { vpc, networkIsolation, tags, savingsPlan } = shared;
    const all = shadow === undefined ? variants : [...variants, shadow];

    const watch = { topics: args.alarmTopics ?? [], tags };
    const alarmed = args.alarms ? variants.map((variant) => variant.name) : [];
    const rollbackAlarms = alarmed.flatMap((variant) =>
      makeEndpointAlarms(variantPart(name, variant), servingAlarms(name, shared, variant), watch, this),
    );
    const { role, needed, place } = endpointRole(
      name,
      shared,
      {
        images: all.map(({ source }) => source.image),
        reads: all.map(({ source }) => source.modelDataUrl),
        rollbackAlarms,
      },
      this,
    );
    const host = (variant: CheckedVariant): HostedVariant => {
      const containers = [modelContainer(variant.source, place)];
      const options = { role, needed, containers, vpc, networkIsolation, tags };
      const model = hostedModel(`${variantPart(name, variant.name)}-model`, options, this);
      const { name: variantName, weight, instanceType: type, minInstances: count } = variant;
      return { name: variantName, model, weight, instances: { type, count } };
    };
    const hosted = variants.map(host);
    const hostedShadow = shadow && host(shadow);
    for (const variant of alarmed) {
      makeEndpointAlarms(variantPart(name, variant), [memoryAlarm(name, shared, variant)], watch, this);
    }
    const endpoint = hostedEndpoint(
      name,
      shared,
      { variants: hosted, ...(hostedShadow && { shadow: hostedShadow }), rollbackAlarms, needed },
      this,
    );
    for (const { name: variant, minInstances, maxInstances } of variants) {
      endpointScaling(name, { ...shared, minInstances, maxInstances }, endpoint, this, variant);
    }

    this.endpointName = endpoint.name;
    this.endpointArn = endpoint.arn;
    this.roleArn = role.arn;
    this.variantNames = pulumi.output(variants.map((variant) => variant.name));
    this.steadyUsage = pulumi.output(
      all.map(({ instanceType, minInstances }) => steadyHosting(instanceType, minInstances, savingsPlan)),
    );
    this.registerOutputs({
      endpointName: this.endpointName,
      endpointArn: this.endpointArn,
      roleArn: this.roleArn,
      variantNames: this.variantNames,
      steadyUsage: this.steadyUsage,
    });
  }
}
