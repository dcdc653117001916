import * as pulumi from "@pulumi/pulumi";
import { checkMultiContainerEndpointArgs } from "./checkedContainersEndpointArgs";
import { containersEndpoint } from "./containersEndpoint";
import { ContainerOrder } from "./hostedModel";
import type { MultiContainerEndpointArgs } from "./multiContainerEndpointArgs";
import type { SteadyUsage } from "./steadyUsage";

/**
 * Models of different frameworks on the same few instances: each has a container of its own, and a caller names the one that
 * is to answer. For models that are asked seldom, or alike.
 *
 * @example
 * const endpoint = new MultiContainerEndpoint("models", {
 *   instanceType: "ml.m7g.xlarge",
 *   containers: [
 *     { name: "prices", framework: "xgboost", frameworkVersion: "1.5-1", modelDataUrl: "s3://our-models/prices/model.tar.gz" },
 *     { name: "texts", framework: "pytorch", frameworkVersion: "2.4", modelDataUrl: "s3://our-models/texts/model.tar.gz" },
 *   ],
 * });
 */
export class MultiContainerEndpoint extends pulumi.ComponentResource {
  /** Name of the endpoint, for InvokeEndpoint. */
  public readonly endpointName: pulumi.Output<string>;
  /** ARN of the endpoint, for policies of callers. */
  public readonly endpointArn: pulumi.Output<string>;
  /** ARN of the role of the containers, for the policies of keys and of other accounts' buckets. */
  public readonly roleArn: pulumi.Output<string>;
  /** Names of the containers, for `TargetContainerHostname`. */
  public readonly containerNames: pulumi.Output<string[]>;
  /** What the endpoint uses in every hour, and how much of it the Savings Plan is meant to cover. */
  public readonly steadyUsage: pulumi.Output<SteadyUsage>;

  /**
   * @param name unique in the stack: lower-case letters, digits and hyphens
   * @throws pulumi.InputPropertiesError with every problem of the arguments at once
   */
  constructor(name: string, args: MultiContainerEndpointArgs, opts?: pulumi.ComponentResourceOptions) {
    super("frugal-ml:index:MultiContainerEndpoint", name, args, opts);
    const checked = checkMultiContainerEndpointArgs(name, args);
    const endpoint = containersEndpoint(name, args, checked, ContainerOrder.Direct, this);

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
