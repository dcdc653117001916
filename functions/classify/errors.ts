/**
 * Every way in which a picture can fail to be classified, with the HTTP status that reaches the caller. `retry` says that
 * the same picture may succeed later: a message of a queue that failed so stays in the queue. What a link's host does is
 * never a fault of ours (424), so that no caller can set off the function's alarms.
 */
export const CLASSIFY_ERRORS = {
  InvalidRequest: { status: 400, retry: false, message: "The request is not one this function answers." },
  NoImage: { status: 400, retry: false, message: "There is no default image, so imagelink must be given." },
  EmptyImage: { status: 400, retry: false, message: "The picture is empty." },
  LinkInvalid: { status: 400, retry: false, message: "imagelink is not a plain absolute URL." },
  LinksOff: { status: 403, retry: false, message: "Links are not followed here." },
  LinkSchemeRefused: { status: 403, retry: false, message: "The link's scheme is not allowed." },
  LinkPortRefused: { status: 403, retry: false, message: "The link must go to the port of its scheme." },
  LinkHostRefused: { status: 403, retry: false, message: "The link's host is not on the list." },
  LinkAddressRefused: { status: 403, retry: false, message: "The link's host has an address that is not public." },
  LinkTypeRefused: {
    status: 415,
    retry: false,
    message: "The link leads to something that is not announced as an image.",
  },
  LinkUnresolved: { status: 424, retry: true, message: "The link's host has no address." },
  LinkFailed: { status: 424, retry: true, message: "The link could not be fetched." },
  LinkTimeout: { status: 424, retry: true, message: "The linked picture did not arrive in time." },
  TooManyRedirects: { status: 424, retry: false, message: "The link redirects too often." },
  AccessDenied: { status: 403, retry: false, message: "Access to the picture's object is denied." },
  NoSuchObject: { status: 404, retry: false, message: "The picture's object does not exist." },
  MethodNotAllowed: { status: 405, retry: false, message: "Only GET and POST are answered." },
  TooManyBytes: { status: 413, retry: false, message: "The picture has more bytes than the limit." },
  TooManyPixels: { status: 413, retry: false, message: "The picture has more pixels than the limit." },
  UnsupportedFormat: {
    status: 415,
    retry: false,
    message: "The picture is not of a format that is decoded: JPEG, PNG, WebP, GIF, TIFF or AVIF.",
  },
  CorruptImage: { status: 422, retry: false, message: "The picture begins like an image but cannot be decoded." },
  InvalidConfiguration: { status: 500, retry: true, message: "The function is not configured as it must be." },
  ModelMismatch: { status: 500, retry: true, message: "The model or its labels are not what their checksums say." },
  ModelInvalid: { status: 500, retry: true, message: "The model does not fit its labels or its input." },
  InternalError: { status: 500, retry: true, message: "The classification failed in an unforeseen way." },
  ModelUnavailable: { status: 503, retry: true, message: "The model or its labels could not be fetched." },
  SourceFailed: { status: 503, retry: true, message: "The picture's object could not be read." },
  ResultsFailed: { status: 503, retry: true, message: "The result could not be put where it belongs." },
  Timeout: { status: 503, retry: true, message: "The classification did not end in time." },
} as const satisfies Record<string, { status: number; retry: boolean; message: string }>;

/** Code of a {@link ClassifyError}. */
export type ClassifyErrorCode = keyof typeof CLASSIFY_ERRORS;

/** A picture that was not classified, for a coded reason. */
export class ClassifyError extends Error {
  /** HTTP status. */
  readonly status: number;
  /** Whether the same picture may succeed later. */
  readonly retry: boolean;

  /**
   * @param code key of {@link CLASSIFY_ERRORS}
   * @param detail what was given and what is allowed, appended to the table's message; it reaches the caller
   */
  constructor(
    readonly code: ClassifyErrorCode,
    detail?: string,
    options?: ErrorOptions,
  ) {
    const { status, retry, message } = CLASSIFY_ERRORS[code];
    super(detail ? `${message} ${detail}` : message, options);
    this.name = "ClassifyError";
    this.status = status;
    this.retry = retry;
  }
}

/** Any thrown value as a coded error; what is not ours becomes `InternalError` and keeps its cause for the log. */
export function toClassifyError(thrown: unknown): ClassifyError {
  return thrown instanceof ClassifyError ? thrown : new ClassifyError("InternalError", undefined, { cause: thrown });
}
