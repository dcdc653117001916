import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { FleetStartEvent } from "../contracts/fleetStart";
import type { CloudPlace } from "./cloudPlace";
import { policyDocument } from "./normalizePolicies";
import { scheduleTrustPolicy } from "./scheduleTrust";

/** Seconds for which the scheduler goes on when the function cannot be called: later, the next run is near. */
const RETRY_SECONDS = 3600;

/** The scheduler replaces this by the time that it meant, which names the run: called twice, it starts once. */
const EVENT: FleetStartEvent = { time: "<aws.scheduler.scheduled-time>" };

/** What is called, and when. */
export interface FleetScheduleOptions {
  readonly lambda: aws.lambda.Function;
  readonly expression: pulumi.Input<string>;
  readonly timezone: pulumi.Input<string>;
  readonly place: pulumi.Output<CloudPlace>;
  readonly tags: Record<string, string>;
}

/** Calls the start function on a schedule, with a role that can do nothing else. */
export function fleetSchedule(name: string, options: FleetScheduleOptions, parent: pulumi.Resource): void {
  const { lambda, place, tags } = options;
  const child = { parent };
  const role = new aws.iam.Role(`${name}-schedule-role`, { assumeRolePolicy: scheduleTrustPolicy(place), tags }, child);
  const rolePolicy = new aws.iam.RolePolicy(
    `${name}-schedule-role-policy`,
    {
      role: role.id,
      policy: policyDocument([
        { Sid: "StartRuns", Effect: "Allow", Action: "lambda:InvokeFunction", Resource: lambda.arn },
      ]),
    },
    child,
  );
  new aws.scheduler.Schedule(
    `${name}-schedule`,
    {
      description: `Starts training runs of ${name}.`,
      scheduleExpression: options.expression,
      scheduleExpressionTimezone: options.timezone,
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: lambda.arn,
        roleArn: role.arn,
        input: JSON.stringify(EVENT),
        retryPolicy: { maximumEventAgeInSeconds: RETRY_SECONDS, maximumRetryAttempts: 10 },
      },
    },
    { parent, dependsOn: [rolePolicy] },
  );
}
