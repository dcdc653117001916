import * as pulumi from "@pulumi/pulumi";
import { checkServerlessEndpointArgs } from "./checkedServerlessEndpointArgs";
import { makeEndpointAlarms, memoryAlarm, servingAlarms } from "./endpointAlarms";
import { endpointRole } from "./endpointRole";
import { scalableTarget, trackingPolicy } from "./endpointScaling";
import { hostedEndpoint } from "./hostedEndpoint";
import { hostedModel, modelContainer } from "./hostedModel";
import { VARIANT } from "./hostedVariant";
import type { ServerlessEndpointArgs } from "./serverlessEndpointArgs";

/**
 * A model that answers at once and costs nothing while nobody asks: SageMaker finds memory for each invocation, and the
 * first after a pause waits for a cold start. For traffic that comes and goes; steady traffic is cheaper on instances.
 *
 * @example
 * const endpoint = new ServerlessEndpoint("sentiment", {
 *   framework: "sklearn",
 *   frameworkVersion: "1.2-1",
 *   modelDataUrl: "s3://our-models/sentiment/v1/model.tar.gz",
 *   memoryMb: 1024,
 * });
 */
export class ServerlessEndpoint extends pulumi.ComponentResource {
  /** Name of the endpoint, for InvokeEndpoint. */
  public readonly endpointName: pulumi.Output<string>;
  /** ARN of the endpoint, for policies of callers. */
  public readonly endpointArn: pulumi.Output<string>;
  /** ARN of the role of the container, for the policies of keys and of other accounts' buckets. */
  public readonly roleArn: pulumi.Output<string>;

  /**
   * @param name unique in the stack: lower-case letters, digits and hyphens
   * @throws pulumi.InputPropertiesError with every problem of the arguments at once
   */
  constructor(name: string, args: ServerlessEndpointArgs, opts?: pulumi.ComponentResourceOptions) {
    super("frugal-ml:index:ServerlessEndpoint", name, args, opts);
    const checked = checkServerlessEndpointArgs(name, args);
    const { endpoint: shared, source, provisioned } = checked;
    const { tags } = shared;

    const watch = { topics: args.alarmTopics ?? [], tags };
    const rollbackAlarms = args.alarms ? makeEndpointAlarms(name, servingAlarms(name, shared), watch, this) : [];
    const reach = { images: [source.image], reads: [source.modelDataUrl], rollbackAlarms };
    const { role, needed, place } = endpointRole(name, shared, reach, this);
    const containers = [modelContainer(source, place)];
    const model = hostedModel(`${name}-model`, { role, needed, containers, tags }, this);
    if (args.alarms) makeEndpointAlarms(name, [memoryAlarm(name, shared)], watch, this);
    const serverless = {
      memorySizeInMb: checked.memoryMb,
      maxConcurrency: checked.maxConcurrency,
      ...(provisioned && { provisionedConcurrency: provisioned.least }),
    };
    const variants = [{ name: VARIANT, model, weight: 1, serverless }];
    const endpoint = hostedEndpoint(name, shared, { variants, rollbackAlarms, needed }, this);
    if (provisioned !== undefined && provisioned.most > provisioned.least) {
      // docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints-autoscale.html
      const dimension = "sagemaker:variant:DesiredProvisionedConcurrency";
      const { least, most, targetUtilizationPercent } = provisioned;
      const target = scalableTarget(name, endpoint, { dimension, least, most, tags }, this);
      const predefinedMetricType = "SageMakerVariantProvisionedConcurrencyUtilization";
      const predefinedMetricSpecification = { predefinedMetricType };
      const targetValue = targetUtilizationPercent / 100;
      trackingPolicy(name, target, { predefinedMetricSpecification, targetValue }, this);
    }

    this.endpointName = endpoint.name;
    this.endpointArn = endpoint.arn;
    this.roleArn = role.arn;
    this.registerOutputs({
      endpointName: this.endpointName,
      endpointArn: this.endpointArn,
      roleArn: this.roleArn,
    });
  }
}
