import { AccessPoint } from "../accessPoint";
import { GraphInputs } from "../graphInputs";
import { physicalName } from "../identify";
import type { ResourceKind } from "../resourceKind";
import { bucketTarget } from "../s3/bucketTarget";

/** An S3 access point: its alias and ARN stand for its bucket. */
export const kind: ResourceKind = {
  types: ["aws:s3/accessPoint:AccessPoint"],

  identify(registration, cloud) {
    const name = physicalName(registration, "name");
    return {
      id: `${cloud.accountId}:${name}`,
      outputs: {
        name,
        arn: `arn:${cloud.partition}:s3:${cloud.region}:${cloud.accountId}:accesspoint/${name}`,
        alias: `${name}-s3alias`,
        accountId: cloud.accountId,
        domainName: `${name}-${cloud.accountId}.s3-accesspoint.${cloud.region}.amazonaws.com`,
      },
    };
  },

  async start(resource, plane) {
    const bucket = GraphInputs.of(resource).requiredText("bucket");
    // A bucket that the program was given is another stack's; here it begins empty.
    if (!plane.store.hasBucket(bucket)) await plane.store.createBucket(bucket);
    const outputs = GraphInputs.ofOutputs(resource);
    const [arn, alias] = [outputs.requiredText("arn"), outputs.requiredText("alias")];
    const service = new AccessPoint(bucket, arn, alias);
    const names = [arn, alias, `${outputs.requiredText("name")}-${plane.cloud.accountId}`];
    plane.register(service, ...names);
    for (const name of names) plane.target(name, bucketTarget(plane.store, bucket));
  },
};
