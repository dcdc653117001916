import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { accountName } from "./physicalName";

/** Activates keys as cost allocation tags, one resource each. */
export function costAllocationTags(
  name: string,
  keys: readonly string[],
  parent: pulumi.Resource,
): aws.costexplorer.CostAllocationTag[] {
  return keys.map(
    (tagKey) =>
      new aws.costexplorer.CostAllocationTag(
        `${name}-cost-tag-${accountName(tagKey)}`,
        { tagKey, status: "Active" },
        { parent },
      ),
  );
}
