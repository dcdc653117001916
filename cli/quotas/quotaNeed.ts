/** What one resource needs of one quota. */
export interface QuotaNeed {
  /** Code of the service as Service Quotas spells it, for example `sagemaker`. */
  readonly service: string;
  /** Name of the quota as Service Quotas spells it. */
  readonly quota: string;
  readonly needed: number;
  /** True when something that adds to it is not known yet, so that it may be more. */
  readonly atLeast: boolean;
  /** URN of the resource. */
  readonly because: string;
}

/** How SageMaker's quotas on instances name what the instances are used for. */
export const InstanceUsage = {
  Training: "training job usage",
  SpotTraining: "spot training job usage",
  Processing: "processing job usage",
  Transform: "transform job usage",
  Endpoint: "endpoint usage",
  Notebook: "notebook instance usage",
} as const;
export type InstanceUsage = (typeof InstanceUsage)[keyof typeof InstanceUsage];

/** An instance type in place of one that is not known yet. */
const ANY_TYPE = "an instance type that is not known yet";

/**
 * What some instances need of SageMaker.
 * @param type instance type, undefined when it is not known yet
 * @param count number of instances, undefined when it is not known yet, which counts as one
 */
export function instanceNeed(
  because: string,
  usage: InstanceUsage,
  type: string | undefined,
  count: number | undefined,
): QuotaNeed {
  const quota = `${type ?? ANY_TYPE} for ${usage}`;
  return {
    service: "sagemaker",
    quota,
    needed: count ?? 1,
    atLeast: type === undefined || count === undefined,
    because,
  };
}
