/** A read that was refused, or that no number of attempts could finish. */
export class ReadError extends Error {
  /**
   * @param key key of the object; empty for a listing
   * @param status HTTP status; 0 when nothing was answered
   * @param code code of the answer, for example `CorruptImage`; `Unreachable` when nothing was answered
   */
  constructor(
    readonly key: string,
    readonly status: number,
    readonly code: string,
    message: string,
    // Spelled out: a program that is compiled for ES2020 has no ErrorOptions.
    options?: { readonly cause?: unknown },
  ) {
    super(`${status} ${code}: ${message}${key && ` (${key})`}`, options);
    this.name = "ReadError";
  }
}
