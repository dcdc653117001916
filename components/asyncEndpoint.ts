import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { asyncAlarms } from "./asyncAlarms";
import type { AsyncEndpointArgs } from "./asyncEndpointArgs";
import { asyncScaling } from "./asyncScaling";
import { type CheckedAsyncEndpointArgs, checkAsyncEndpointArgs } from "./checkedAsyncEndpointArgs";
import { makeEndpointAlarms } from "./endpointAlarms";
import { endpointRole } from "./endpointRole";
import { hostedEndpoint } from "./hostedEndpoint";
import { hostedModel, modelContainer } from "./hostedModel";
import { onlyVariant } from "./hostedVariant";

/**
 * A model that answers later: what is asked waits in a queue of SageMaker's, up to 1 GB a request and an hour for its
 * answer, which is left in S3 with a notification. Instances follow the queue, down to none.
 *
 * @example
 * const endpoint = new AsyncEndpoint("transcripts", {
 *   image: image.imageUri,
 *   inputUri: "s3://our-audio/in/",
 *   outputUri: "s3://our-audio/out/",
 *   successTopic: answers.arn,
 *   errorTopic: failures.arn,
 * });
 */
export class AsyncEndpoint extends pulumi.ComponentResource {
  /** Name of the endpoint, for InvokeEndpointAsync. */
  public readonly endpointName: pulumi.Output<string>;
  /** ARN of the endpoint, for policies of callers. */
  public readonly endpointArn: pulumi.Output<string>;
  /** ARN of the role of the container, for the policies of keys, topics and other accounts' buckets. */
  public readonly roleArn: pulumi.Output<string>;
  /** `s3://` address of the folder that callers put what they ask into. */
  public readonly inputUri: pulumi.Output<string>;
  /** `s3://` address of the folder that answers are written to. */
  public readonly outputUri: pulumi.Output<string>;

  /**
   * @param name unique in the stack: lower-case letters, digits and hyphens
   * @throws pulumi.InputPropertiesError with every problem of the arguments at once
   */
  constructor(name: string, args: AsyncEndpointArgs, opts?: pulumi.ComponentResourceOptions) {
    super("frugal-ml:index:AsyncEndpoint", name, args, opts);
    const checked = checkAsyncEndpointArgs(name, args);
    const { endpoint: shared, source, inputUri, outputUri, failureUri, successTopic, errorTopic } = checked;
    const { vpc, networkIsolation, tags } = shared;

    const watch = { topics: args.alarmTopics ?? [], tags };
    const { rollback, others } = asyncAlarms(name, checked);
    const rollbackAlarms = args.alarms ? makeEndpointAlarms(name, rollback, watch, this) : [];
    const { role, needed, place } = endpointRole(
      name,
      shared,
      {
        images: [source.image],
        reads: [source.modelDataUrl, inputUri],
        writes: [outputUri, failureUri].flatMap((uri) => uri ?? []),
        topics: [successTopic, errorTopic].flatMap((topic) => topic ?? []),
        rollbackAlarms,
      },
      this,
    );
    const containers = [modelContainer(source, place)];
    const model = hostedModel(`${name}-model`, { role, needed, containers, vpc, networkIsolation, tags }, this);
    if (args.alarms) makeEndpointAlarms(name, others, watch, this);
    const endpoint = hostedEndpoint(
      name,
      shared,
      { variants: [onlyVariant(model, shared)], asyncInference: asyncInference(checked), rollbackAlarms, needed },
      this,
    );
    asyncScaling(name, checked, endpoint, this);

    this.endpointName = endpoint.name;
    this.endpointArn = endpoint.arn;
    this.roleArn = role.arn;
    this.inputUri = pulumi.output(inputUri);
    this.outputUri = pulumi.output(outputUri);
    this.registerOutputs({
      endpointName: this.endpointName,
      endpointArn: this.endpointArn,
      roleArn: this.roleArn,
      inputUri: this.inputUri,
      outputUri: this.outputUri,
    });
  }
}

function asyncInference(
  checked: CheckedAsyncEndpointArgs,
): aws.types.input.sagemaker.EndpointConfigurationAsyncInferenceConfig {
  const { outputUri, failureUri, successTopic, errorTopic, includeResponse, maxConcurrentInvocations } = checked;
  const { kmsKeyArn } = checked.endpoint;
  const included = [
    ...(successTopic === undefined ? [] : ["SUCCESS_NOTIFICATION_TOPIC"]),
    ...(errorTopic === undefined ? [] : ["ERROR_NOTIFICATION_TOPIC"]),
  ];
  return {
    ...(maxConcurrentInvocations !== undefined && {
      clientConfig: { maxConcurrentInvocationsPerInstance: maxConcurrentInvocations },
    }),
    outputConfig: {
      s3OutputPath: outputUri,
      ...(failureUri !== undefined && { s3FailurePath: failureUri }),
      ...(kmsKeyArn !== undefined && { kmsKeyId: kmsKeyArn }),
      ...(included.length > 0 && {
        notificationConfig: {
          ...(successTopic !== undefined && { successTopic }),
          ...(errorTopic !== undefined && { errorTopic }),
          ...(includeResponse && { includeInferenceResponseIns: included }),
        },
      }),
    },
  };
}
