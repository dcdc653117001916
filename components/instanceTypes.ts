/** What a SageMaker instance type looks like: `ml.<family>.<size>`. */
export const INSTANCE_TYPE = /^ml\.([a-z][a-z0-9-]*)\.[a-z0-9]+$/;

/** Whether an instance type has Graviton processors: the letter after the generation says so, as in `c6g`, `m7gd`, `g5g`. */
export function isGraviton(instanceType: string): boolean {
  return /^[a-z]+\d+g/.test(familyOf(instanceType));
}

/**
 * Whether an instance type brings NVMe storage, to which neither a volume nor a key is attached
 * (docs.aws.amazon.com/sagemaker/latest/APIReference/API_ResourceConfig.html, VolumeKmsKeyId).
 */
export function hasLocalStorage(instanceType: string): boolean {
  return /^(g[4-9]|p[5-9]|trn)|^[a-z]+\d+[a-z]*d/.test(familyOf(instanceType));
}

function familyOf(instanceType: string): string {
  return INSTANCE_TYPE.exec(instanceType)?.[1] ?? "";
}
