import { SERVICE_LIMITS } from "../../../../contracts/serviceLimits";
import { S3Error } from "../s3Errors";

/** Reads the `partNumber` parameter. @throws S3Error InvalidArgument */
export function partNumberOf(query: URLSearchParams): number {
  const text = query.get("partNumber") ?? "";
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (number < 1 || number > SERVICE_LIMITS.s3.parts) {
    throw new S3Error("InvalidArgument", {
      message: `Part number must be an integer between 1 and ${SERVICE_LIMITS.s3.parts}, inclusive`,
      details: { ArgumentName: "partNumber", ArgumentValue: text },
    });
  }
  return number;
}
