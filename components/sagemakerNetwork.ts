import type * as pulumi from "@pulumi/pulumi";
import { SERVICE_LIMITS } from "../contracts/serviceLimits";
import type { CheckedInputs, InputRule } from "./checkedInputs";

/** Subnets and security groups of what SageMaker runs. */
export interface SageMakerNetwork {
  readonly subnetIds: readonly pulumi.Input<string>[];
  readonly securityGroupIds: readonly pulumi.Input<string>[];
}

/** Checks the argument `vpc`: SageMaker takes so many of each, and at least one. */
export function checkNetwork({ subnetIds, securityGroupIds }: SageMakerNetwork, checks: CheckedInputs): void {
  const { subnets, securityGroups } = SERVICE_LIMITS.sagemaker;
  const some = (most: number): InputRule<readonly unknown[]> => ({
    allowed: `1 to ${most} ids`,
    test: (ids) => ids.length > 0 && ids.length <= most,
  });
  checks.plain("vpc.subnetIds", subnetIds, some(subnets));
  checks.plain("vpc.securityGroupIds", securityGroupIds, some(securityGroups));
}
