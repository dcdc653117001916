/** What an HTTP API answers by itself. */
const ANSWERS = {
  Unauthorized: { status: 401, message: "Unauthorized" },
  Forbidden: { status: 403, message: "Forbidden" },
  NotFound: { status: 404, message: "Not Found" },
  RequestTooLarge: { status: 413, message: "Request Entity Too Large" },
  TooManyRequests: { status: 429, message: "Too Many Requests" },
  InternalServerError: { status: 500, message: "Internal Server Error" },
  ServiceUnavailable: { status: 503, message: "Service Unavailable" },
} as const;

/** An answer of the gateway's own; its message is all that callers see. */
export class HttpApiError extends Error {
  readonly status: number;

  /** @param cause what the log says, and callers do not */
  constructor(
    readonly code: keyof typeof ANSWERS,
    cause?: unknown,
  ) {
    super(ANSWERS[code].message, { cause });
    this.name = "HttpApiError";
    this.status = ANSWERS[code].status;
  }

  /** Whatever else went wrong. */
  static of(cause: unknown): HttpApiError {
    return new HttpApiError("InternalServerError", cause);
  }
}
