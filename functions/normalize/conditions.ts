import { NormalizeError } from "./errors";
import type { HeaderReader } from "./headerReader";

/** What tells one state of the transformed object from another. */
export interface Validators {
  /** Our ETag, quotes included. */
  readonly etag?: string | undefined;
  /** HTTP date of the original's last change. */
  readonly lastModified?: string | undefined;
}

/**
 * Judges a reader's conditions on our ETag and date, in the order of RFC 9110, section 13.2.2, which S3 follows
 * (docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html): a tag decides, a date only where no tag is given, and
 * what fails comes before what was not modified.
 * @throws NormalizeError PreconditionFailed (412), NotModified (304)
 */
export function assertConditions(header: HeaderReader, { etag, lastModified }: Validators): void {
  const modified = instant(lastModified);
  const [ifMatch, ifNoneMatch] = [header("if-match"), header("if-none-match")];
  if (ifMatch !== undefined) {
    if (!namesTag(ifMatch, etag, "strong")) throw new NormalizeError("PreconditionFailed", "If-Match");
  } else {
    const since = instant(header("if-unmodified-since"));
    if (since !== undefined && modified !== undefined && modified > since) {
      throw new NormalizeError("PreconditionFailed", "If-Unmodified-Since");
    }
  }
  if (ifNoneMatch !== undefined) {
    if (namesTag(ifNoneMatch, etag, "weak")) throw new NormalizeError("NotModified", "If-None-Match");
  } else {
    const since = instant(header("if-modified-since"));
    if (since !== undefined && modified !== undefined && modified <= since) {
      throw new NormalizeError("NotModified", "If-Modified-Since");
    }
  }
}

/** Whether a range may be answered: `If-Range` names what is there now (RFC 9110, section 13.1.5), or is not given. */
export function rangeHolds(header: HeaderReader, { etag, lastModified }: Validators): boolean {
  const ifRange = header("if-range")?.trim();
  if (ifRange === undefined) return true;
  if (ifRange.startsWith('"') || ifRange.startsWith("W/")) return ifRange === etag;
  const given = instant(ifRange);
  return given === undefined ? `"${ifRange}"` === etag : given === instant(lastModified);
}

/** Whether a list of tags has ours. S3 takes tags without their quotes too; a weak tag never matches strongly. */
function namesTag(list: string, etag: string | undefined, comparison: "strong" | "weak"): boolean {
  return list.split(",").some((candidate) => {
    const given = candidate.trim();
    if (given === "*") return true;
    if (etag === undefined) return false;
    const tag = comparison === "weak" && given.startsWith("W/") ? given.slice(2) : given;
    return tag === etag || `"${tag}"` === etag;
  });
}

/** Milliseconds since the epoch; undefined for a date that cannot be read, which HTTP ignores. */
function instant(date: string | undefined): number | undefined {
  const time = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(time) ? undefined : time;
}
