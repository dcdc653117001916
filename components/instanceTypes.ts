/** What a SageMaker instance type looks like: `ml.<family>.<size>`. */
export const INSTANCE_TYPE = /^ml\.([a-z][a-z0-9-]*)\.[a-z0-9]+$/;

/** Whether an instance type has Graviton processors: the letter after the generation says so, as in `c6g`, `m7gd`, `g5g`. */
export function isGraviton(instanceType: string): boolean {
  return /^[a-z]+\d+g/.test(familyOf(instanceType));
}

/** Platform of the images that an instance type runs, as a ContainerImage takes it: `linux/arm64` on Graviton, else `linux/amd64`. */
export function imagePlatform(instanceType: string): string {
  return isGraviton(instanceType) ? "linux/arm64" : "linux/amd64";
}

/**
 * Whether an instance type brings NVMe storage, to which neither a volume nor a key is attached
 * (docs.aws.amazon.com/sagemaker/latest/APIReference/API_ResourceConfig.html, VolumeKmsKeyId).
 */
export function hasLocalStorage(instanceType: string): boolean {
  return /^(g[4-9]|p[5-9]|trn)|^[a-z]+\d+[a-z]*d/.test(familyOf(instanceType));
}

/**
 * Whether an instance type has accelerators (GPU, Inferentia, Trainium and older ones): the letters before the generation
 * say so, as in `g5`, `p4d`, `gr6`, `inf2`, `trn1`.
 */
export function isAccelerated(instanceType: string): boolean {
  return /^(p|g|gr|trn|inf|dl|vt|f)\d/.test(familyOf(instanceType));
}

function familyOf(instanceType: string): string {
  return INSTANCE_TYPE.exec(instanceType)?.[1] ?? "";
}
