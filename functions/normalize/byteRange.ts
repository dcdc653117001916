import { NormalizeError } from "./errors";

/** Bytes of an object, first and last included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** What of the transformed object a reader asks for. */
export type Selection =
  | { readonly kind: "whole" }
  | { readonly kind: "range"; readonly header: string }
  | { readonly kind: "part"; readonly number: number };

/** Largest part number of S3; docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const MAX_PART = 10_000;

/**
 * What a reader asks for, before anything is read.
 * @param range value of `Range`
 * @param partNumber value of the parameter `partNumber`
 * @throws NormalizeError InvalidRequest when both are given, InvalidArgument for a number that no part can have
 */
export function selectionOf(range: string | undefined, partNumber: string | undefined): Selection {
  if (partNumber === undefined) return range === undefined ? { kind: "whole" } : { kind: "range", header: range };
  if (range !== undefined) {
    throw new NormalizeError("InvalidRequest", "Range and partNumber cannot be given together.");
  }
  const number = /^\d{1,5}$/.test(partNumber) ? Number(partNumber) : 0;
  if (number < 1 || number > MAX_PART) {
    throw new NormalizeError("InvalidArgument", `partNumber must be an integer from 1 to ${MAX_PART}.`);
  }
  return { kind: "part", number };
}

/**
 * The bytes that a selection means in an object of a known length. As in S3, a range is one range of bytes; several
 * ranges, other units and what cannot be read mean the whole object. The transformed object was not uploaded in parts,
 * so its part 1 is all of it, as a range.
 * @returns undefined for the whole object, answered with 200
 * @throws NormalizeError InvalidRange with Content-Range, InvalidPartNumber
 */
export function selectBytes(selection: Selection, length: number): ByteRange | undefined {
  if (selection.kind === "whole") return undefined;
  if (selection.kind === "part") {
    if (selection.number > 1) throw new NormalizeError("InvalidPartNumber");
    return { first: 0, last: length - 1 };
  }
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/i.exec(selection.header.trim()) ?? [];
  if (first === "" && last === "") return undefined;
  const range =
    first === ""
      ? { first: length - Math.min(Number(last), length), last: length - 1 }
      : { first: Number(first), last: last === "" ? length - 1 : Math.min(Number(last), length - 1) };
  // A range that ends before it begins cannot be read, which is not the same as one beyond the end.
  if (last !== "" && first !== "" && BigInt(last) < BigInt(first)) return undefined;
  if (range.first < length) return range;
  throw new NormalizeError("InvalidRange", `The object has ${length} bytes.`, {
    headers: { "content-range": `bytes */${length}` },
  });
}

/** Value of `Content-Range`. */
export function contentRange({ first, last }: ByteRange, length: number): string {
  return `bytes ${first}-${last}/${length}`;
}
