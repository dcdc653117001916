import { S3Error, type S3ErrorOptions } from "./s3Errors";

/** The one algorithm that is accepted. */
export const SIGNATURE_ALGORITHM = "AWS4-HMAC-SHA256";

/** Ways in which a signature is refused. Codes are S3's, and so are their statuses. */
export type SignatureErrorCode =
  | "AccessDenied"
  | "AuthorizationHeaderMalformed"
  | "AuthorizationQueryParametersError"
  | "InvalidAccessKeyId"
  | "InvalidArgument"
  | "InvalidRequest"
  | "InvalidURI"
  | "RequestTimeTooSkewed"
  | "SignatureDoesNotMatch";

/** A request that is not, or wrongly, signed. */
export class SignatureError extends S3Error {
  constructor(code: SignatureErrorCode, options: S3ErrorOptions = {}) {
    super(code, options);
    this.name = "SignatureError";
  }
}
