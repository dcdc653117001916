/** Ways in which an archive is refused. */
export type ArchiveErrorCode =
  /** The bytes are no gzip file, or are damaged. */
  | "InvalidGzip"
  /** Something follows the end, or the file has more than one gzip member. */
  | "TrailingData"
  /** The archive ends too early. */
  | "Truncated"
  /** A header or a record cannot be what it says. */
  | "InvalidHeader"
  /** A name leads out of the folder, or means different things on different systems. */
  | "UnsafeName"
  /** An entry that is neither a regular file nor a folder. */
  | "UnsupportedEntry"
  /** A path is there twice, or is a file and a folder. */
  | "DuplicateEntry"
  /** More bytes, entries or levels than are unpacked. */
  | "TooLarge";

/** An archive that is not unpacked. */
export class ArchiveError extends Error {
  /** @param message what was found and what is allowed */
  constructor(
    readonly code: ArchiveErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "ArchiveError";
  }
}
