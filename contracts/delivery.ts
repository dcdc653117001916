/**
 * How an access point is read. `function-url`: HTTPS signed for `lambda`. `object-lambda`: the S3 protocol, by alias
 * or ARN, in accounts that still have S3 Object Lambda (no new customers since 2025-11-07). `materialized`: an ordinary
 * bucket that follows the originals, below a prefix that names the transformation; what a SageMaker channel can read.
 */
export const Delivery = {
  FunctionUrl: "function-url",
  ObjectLambda: "object-lambda",
  Materialized: "materialized",
} as const;
export type Delivery = (typeof Delivery)[keyof typeof Delivery];
