/**
 * Every way in which a read can fail, with the status that reaches the reader. Statuses are those that
 * WriteGetObjectResponse takes (docs.aws.amazon.com/AmazonS3/latest/API/API_WriteGetObjectResponse.html),
 * so that every delivery answers alike: 413, 415 and 422 are not among them and become 400.
 */
export const NORMALIZE_ERRORS = {
  NotModified: { status: 304, message: "The object is what the reader has." },
  InvalidArgument: { status: 400, message: "A parameter of the request is not valid." },
  InvalidRequest: { status: 400, message: "The request is not one this function answers." },
  InvalidTransformation: { status: 400, message: "The transformation's options are not valid." },
  UnsupportedFormat: {
    status: 400,
    message: "The object is not an image of a format that is decoded: JPEG, PNG, WebP, GIF, TIFF or AVIF.",
  },
  CorruptImage: { status: 400, message: "The object begins like an image but cannot be decoded." },
  EmptyObject: { status: 400, message: "The object is empty." },
  TooManyBytes: { status: 400, message: "The object has more bytes than the limit." },
  TooManyPixels: { status: 400, message: "The image has more pixels than the limit." },
  ModuleRefused: { status: 400, message: "The transformation's module refuses the object." },
  KeyTooLong: { status: 400, message: "The key is too long for an object that is derived from it." },
  AccessDenied: { status: 403, message: "Access to the original object is denied." },
  NoSuchKey: { status: 404, message: "The original object does not exist." },
  MethodNotAllowed: { status: 405, message: "Only reading is allowed." },
  PreconditionFailed: { status: 412, message: "At least one of the preconditions that were given did not hold." },
  InvalidPartNumber: { status: 416, message: "The requested part does not exist: a transformed object has one." },
  InvalidRange: { status: 416, message: "The requested range is not satisfiable." },
  AnswerNotTaken: { status: 500, message: "S3 did not take the answer." },
  ModuleFailed: { status: 500, message: "The transformation's module failed." },
  SourceFailed: { status: 500, message: "The original object could not be read." },
  InternalError: { status: 500, message: "The transformation failed in an unforeseen way." },
  TransformationTimeout: { status: 503, message: "The transformation did not end in time." },
  SourceTimeout: { status: 503, message: "The original object did not arrive in time." },
  SourceChanged: { status: 503, message: "The original object was replaced while it was read." },
  SlowDown: { status: 503, message: "The original's store asks to slow down." },
} as const satisfies Record<string, { status: number; message: string }>;

/** Code of a {@link NormalizeError}. */
export type NormalizeErrorCode = keyof typeof NORMALIZE_ERRORS;

/** What an error says besides its code and message. */
export interface NormalizeErrorOptions extends ErrorOptions {
  /** Code and status to answer with in place of the table's: those of the original's store or of a module, passed on. */
  readonly passedOn?: { readonly code: string; readonly status: number };
  /** Headers of the answer, lower case, for example `content-range`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A read that failed for a reason the reader can act on. */
export class NormalizeError extends Error {
  /** Key of {@link NORMALIZE_ERRORS}, or the code that the original's store or a module answered with. */
  readonly code: string;
  /** Key of {@link NORMALIZE_ERRORS}: what the code means to us. */
  readonly kind: NormalizeErrorCode;
  /** HTTP status, one that every delivery can answer with. */
  readonly status: number;
  /** Headers of the answer, lower case. */
  readonly headers: Readonly<Record<string, string>>;

  /**
   * @param code key of {@link NORMALIZE_ERRORS}
   * @param detail what was given and what is allowed, appended to the table's message
   */
  constructor(code: NormalizeErrorCode, detail?: string, options?: NormalizeErrorOptions) {
    const { status, message } = NORMALIZE_ERRORS[code];
    super(detail ? `${message} ${detail}` : message, options);
    this.name = "NormalizeError";
    this.kind = code;
    this.code = options?.passedOn?.code ?? code;
    this.status = options?.passedOn?.status ?? status;
    this.headers = options?.headers ?? {};
  }
}

/** Any thrown value as a coded error; what is not ours becomes `InternalError` and keeps its cause for the log. */
export function toNormalizeError(thrown: unknown): NormalizeError {
  return thrown instanceof NormalizeError ? thrown : new NormalizeError("InternalError", undefined, { cause: thrown });
}
