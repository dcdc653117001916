import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { CloudPlace } from "./cloudPlace";
import { policyDocument } from "./normalizePolicies";
import { scheduleTrustPolicy } from "./scheduleTrust";

/** Seconds for which the scheduler goes on when the pipeline cannot be started: later, the next run is near. */
const RETRY_SECONDS = 3600;

/** Two weeks, the longest that SQS keeps a message, in seconds: time to find out why a run could not be started. */
const MISSED_SECONDS = 14 * 24 * 3600;

/** What is started, and when. */
export interface PipelineScheduleOptions {
  readonly pipeline: aws.sagemaker.Pipeline;
  /** Values of the pipeline's parameters by name. */
  readonly parameters: Readonly<Record<string, pulumi.Input<string>>>;
  readonly description: string;
  readonly expression: pulumi.Input<string>;
  readonly timezone: pulumi.Input<string>;
  readonly place: pulumi.Output<CloudPlace>;
  readonly tags: Record<string, string>;
}

/**
 * Starts a pipeline on a schedule, with a role that can do nothing else.
 * @returns the queue that keeps runs that could not be started
 */
export function pipelineSchedule(
  name: string,
  options: PipelineScheduleOptions,
  parent: pulumi.Resource,
): aws.sqs.Queue {
  const { pipeline, parameters, place, tags } = options;
  const child = { parent };
  const missedRuns = new aws.sqs.Queue(
    `${name}-missed-runs`,
    { messageRetentionSeconds: MISSED_SECONDS, sqsManagedSseEnabled: true, tags },
    child,
  );
  const role = new aws.iam.Role(`${name}-schedule-role`, { assumeRolePolicy: scheduleTrustPolicy(place), tags }, child);
  const rolePolicy = new aws.iam.RolePolicy(
    `${name}-schedule-role-policy`,
    {
      role: role.id,
      policy: policyDocument([
        { Sid: "StartRuns", Effect: "Allow", Action: "sagemaker:StartPipelineExecution", Resource: pipeline.arn },
        { Sid: "KeepMissedRuns", Effect: "Allow", Action: "sqs:SendMessage", Resource: missedRuns.arn },
      ]),
    },
    child,
  );
  new aws.scheduler.Schedule(
    `${name}-schedule`,
    {
      description: options.description,
      scheduleExpression: options.expression,
      scheduleExpressionTimezone: options.timezone,
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: pipeline.arn,
        roleArn: role.arn,
        sagemakerPipelineParameters: {
          pipelineParameters: Object.entries(parameters).map(([parameter, value]) => ({ name: parameter, value })),
        },
        retryPolicy: { maximumEventAgeInSeconds: RETRY_SECONDS, maximumRetryAttempts: 10 },
        deadLetterConfig: { arn: missedRuns.arn },
      },
    },
    { parent, dependsOn: [rolePolicy] },
  );
  return missedRuns;
}
