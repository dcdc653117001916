import type { GraphValue } from "../../contracts/graph";

/** What the name of an instance type says of it. */
export interface InstanceType {
  /** Family, for example `m5` of `ml.m5.xlarge` and of `m5.xlarge`. */
  readonly family: string;
  /** True for types of SageMaker, which begin with `ml.`. */
  readonly sagemaker: boolean;
  /**
   * Whether it brings NVMe storage, to which SageMaker attaches neither a volume nor a key
   * (docs.aws.amazon.com/sagemaker/latest/APIReference/API_ResourceConfig.html, VolumeKmsKeyId).
   */
  readonly hasLocalStorage: boolean;
}

const NAME = /^(ml\.)?([a-z][a-z0-9-]*)\.[a-z0-9-]+$/;

/** An instance type by its name; undefined when the value is none, or not known. */
export function instanceTypeIn(value: GraphValue | undefined): InstanceType | undefined {
  const [, ml, family] = (typeof value === "string" && NAME.exec(value)) || [];
  if (family === undefined) return undefined;
  const hasLocalStorage = /^(g[4-9]|gr[6-9]|p[5-9]|trn)|^[a-z]+\d+[a-z]*d/.test(family);
  return { family, sagemaker: ml !== undefined, hasLocalStorage };
}
