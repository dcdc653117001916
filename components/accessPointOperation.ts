import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { accessPointDashboard } from "./accessPointDashboard";
import { deadLetterAlarm } from "./deadLetterAlarm";
import { functionAlarms } from "./functionAlarms";
import type { NormalizeFunction } from "./normalizeFunction";
import type { CheckedNormalizingAccessPointArgs, NormalizingAccessPointArgs } from "./normalizingAccessPointArgs";

/** Watches what serves an access point, as its arguments ask: alarms, a dashboard, both or neither. */
export function watchAccessPoint(
  name: string,
  args: NormalizingAccessPointArgs,
  checked: CheckedNormalizingAccessPointArgs,
  { lambda, logs, deadLetters }: NormalizeFunction & { readonly deadLetters: aws.sqs.Queue | undefined },
  parent: pulumi.Resource,
): void {
  const deliveries = [...checked.deliveries];
  if (args.alarms) {
    const { timeout, errorPercent, durationPercent, tags } = checked;
    const options = { topics: args.alarmTopics ?? [], tags };
    functionAlarms(name, { lambda, deliveries, timeout, errorPercent, durationPercent }, options, parent);
    if (deadLetters !== undefined) deadLetterAlarm(name, deadLetters, options, parent);
  }
  if (args.dashboard) {
    accessPointDashboard(name, { lambda, logs, deliveries, memorySize: checked.memorySize }, parent);
  }
}
