export { Delivery } from "../contracts/delivery";
export type { ModuleResult, ModuleTransform } from "../contracts/moduleTransformation";
export { Channels, Fit, Format, Icc, OnBadImage, Orientation } from "../contracts/transformation";
export type { CostAllocationArgs } from "./costAllocation";
export type { VpcArgs } from "./functionNetwork";
export { NormalizingAccessPoint } from "./normalizingAccessPoint";
export type { AlarmThresholdArgs, NormalizingAccessPointArgs, TransformationArgs } from "./normalizingAccessPointArgs";
