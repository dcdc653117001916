import * as pulumi from "@pulumi/pulumi";
import { checkInferencePipelineEndpointArgs } from "./checkedContainersEndpointArgs";
import { containersEndpoint } from "./containersEndpoint";
import { ContainerOrder } from "./hostedModel";
import type { InferencePipelineEndpointArgs } from "./inferencePipelineEndpointArgs";
import type { SteadyUsage } from "./steadyUsage";

/**
 * A request that passes through several containers on the same instance: what one answers, the next is asked. For what must be
 * prepared before a model and put into words after it, without a network between.
 *
 * @example
 * const endpoint = new InferencePipelineEndpoint("prices", {
 *   containers: [
 *     { name: "features", framework: "sklearn", frameworkVersion: "1.0-1", modelDataUrl: "s3://our-models/features/model.tar.gz" },
 *     { name: "prices", framework: "xgboost", frameworkVersion: "1.5-1", modelDataUrl: "s3://our-models/prices/model.tar.gz" },
 *   ],
 * });
 */
export class InferencePipelineEndpoint extends pulumi.ComponentResource {
  /** Name of the endpoint, for InvokeEndpoint. */
  public readonly endpointName: pulumi.Output<string>;
  /** ARN of the endpoint, for policies of callers. */
  public readonly endpointArn: pulumi.Output<string>;
  /** ARN of the role of the containers, for the policies of keys and of other accounts' buckets. */
  public readonly roleArn: pulumi.Output<string>;
  /** Names of the containers, in the order in which a request passes through them. */
  public readonly containerNames: pulumi.Output<string[]>;
  /** What the endpoint uses in every hour, and how much of it the Savings Plan is meant to cover. */
  public readonly steadyUsage: pulumi.Output<SteadyUsage>;

  /**
   * @param name unique in the stack: lower-case letters, digits and hyphens
   * @throws pulumi.InputPropertiesError with every problem of the arguments at once
   */
  constructor(name: string, args: InferencePipelineEndpointArgs, opts?: pulumi.ComponentResourceOptions) {
    super("frugal-ml:index:InferencePipelineEndpoint", name, args, opts);
    const checked = checkInferencePipelineEndpointArgs(name, args);
    const endpoint = containersEndpoint(name, args, checked, ContainerOrder.Serial, this);

    this.endpointName = endpoint.endpointName;
    this.endpointArn = endpoint.endpointArn;
    this.roleArn = endpoint.roleArn;
    this.containerNames = endpoint.containerNames;
    this.steadyUsage = endpoint.steadyUsage;
    this.registerOutputs({
      endpointName: this.endpointName,
      endpointArn: this.endpointArn,
      roleArn: this.roleArn,
      containerNames: this.containerNames,
      steadyUsage: this.steadyUsage,
    });
  }
}
