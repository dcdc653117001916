import { type ChargeOrNot, GB } from "../charge";
import { imageRequests } from "./imageDeliveries";
import type { PricedKind } from "./pricedKind";

/** An access point of S3 Object Lambda: the bytes that it returns. Its function's work is priced with the function. */
export const objectLambda: PricedKind = {
  types: ["aws:s3control/objectLambdaAccessPoint:ObjectLambdaAccessPoint"],
  charges(resource, stack): readonly ChargeOrNot[] {
    const [lambda] = stack.dependencies(resource, "aws:lambda/function:Function");
    const reads = (lambda && imageRequests(lambda, stack)?.objectLambda) ?? stack.imageReads.fromZero();
    const bytes = reads.times(stack.usage.images.derivedBytes);
    return [
      {
        what: "bytes returned",
        service: "AmazonS3",
        usageType: "S3-ObjectLambda-Bytes-Returned",
        quantity: stack.quantity(resource, "gb", bytes.over(GB)),
        basis: "per-use",
      },
    ];
  },
};
