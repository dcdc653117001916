import { SERVICE_LIMITS } from "../../../contracts/serviceLimits";
import { S3Error } from "./s3Errors";

/**
 * Checks an object key: well-formed text of 1 to 1,024 bytes of UTF-8.
 * @throws S3Error InvalidURI, KeyTooLongError
 */
export function assertKey(key: string): void {
  if (key === "" || !key.isWellFormed()) throw new S3Error("InvalidURI");
  const size = Buffer.byteLength(key);
  const limit = SERVICE_LIMITS.s3.keyBytes;
  if (size > limit) {
    throw new S3Error("KeyTooLongError", { details: { Size: String(size), MaxSizeAllowed: String(limit) } });
  }
}
