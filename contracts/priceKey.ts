/**
 * What a price is looked up by: AWS's own usage type in a Region. An instance name alone is never a key, because the
 * same `ml.m5.xlarge` has another price for training, hosting, processing and notebooks.
 */
export interface PriceKey {
  /** Service code of the AWS Price List, for example `AmazonSageMaker`. */
  readonly service: string;
  /** Region code, for example `us-east-1`; `global` where AWS prices a service once. */
  readonly region: string;
  /** Usage type without its Region prefix, for example `Host:ml.c5.xlarge` or `Lambda-GB-Second-ARM`. */
  readonly usageType: string;
}

/** Components of SageMaker that are priced apart, spelt as in their usage types. */
export const SageMakerUsage = {
  Training: "Train",
  Hosting: "Host",
  AsyncHosting: "AsyncInf",
  Processing: "Processing",
  BatchTransform: "Tsform",
  Notebook: "Notebk",
  Studio: "Studio",
} as const;
export type SageMakerUsage = (typeof SageMakerUsage)[keyof typeof SageMakerUsage];

/** How far a price can be trusted. `exact`: AWS's own file; `secondary`: read from it by others; `derived`: inferred. */
export type PriceConfidence = "exact" | "secondary" | "derived";

/** Text form of a key, for maps and messages. */
export function priceKeyText(key: PriceKey): string {
  return `${key.service}/${key.region}/${key.usageType}`;
}
