import type * as pulumi from "@pulumi/pulumi";

/** Where a stack stands. */
export interface CloudPlace {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** Where a resource stands, from the ARN of one that names its Region and account. */
export function cloudPlace(arn: pulumi.Output<string>): pulumi.Output<CloudPlace> {
  return arn.apply((text) => {
    const [, partition = "", , region = "", account = ""] = text.split(":");
    return { partition, region, account };
  });
}
