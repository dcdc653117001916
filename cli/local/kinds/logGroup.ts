import { physicalName } from "../identify";
import type { ResourceKind } from "../resourceKind";

/** A log group. Functions write to the plane's log instead; the name and ARN are the cloud's. */
export const kind: ResourceKind = {
  types: ["aws:cloudwatch/logGroup:LogGroup"],

  identify(registration, cloud) {
    const name = physicalName(registration, "name");
    const arn = `arn:${cloud.partition}:logs:${cloud.region}:${cloud.accountId}:log-group:${name}`;
    return { id: name, outputs: { name, arn } };
  },
};
