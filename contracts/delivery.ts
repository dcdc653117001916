/**
 * How an access point is read. `function-url`: HTTPS signed for `lambda`. `object-lambda`: the S3 protocol, by alias
 * or ARN, in accounts that still have S3 Object Lambda (no new customers since 2025-11-07).
 */
export const Delivery = { FunctionUrl: "function-url", ObjectLambda: "object-lambda" } as const;
export type Delivery = (typeof Delivery)[keyof typeof Delivery];
