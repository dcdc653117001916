import * as pulumi from "@pulumi/pulumi";
import type { CloudPlace } from "./cloudPlace";

/** Lets EventBridge Scheduler take the role, and only for schedules of this account. */
export function scheduleTrustPolicy(place: pulumi.Output<CloudPlace>): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "SchedulesOfThisAccount",
        Effect: "Allow",
        Principal: { Service: "scheduler.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": place.account } },
      },
    ],
  });
}
