import { SERVICE_LIMITS } from "../../../../contracts/serviceLimits";
import { uriEncode } from "../canonicalRequest";
import { S3Error } from "../s3Errors";
import { element, optional, type XmlElement } from "../xmlWriter";

/** What every listing can be asked for. */
export interface ListingParameters {
  readonly prefix: string;
  readonly delimiter: string;
  /** Entries at most; S3 never gives more than 1,000. */
  readonly limit: number;
  /** Writes a key or prefix as the answer is to spell it. */
  encode(key: string): string;
  /** Elements that repeat the question: Prefix, Delimiter, the limit and EncodingType. */
  readonly echo: readonly (XmlElement | undefined)[];
}

/**
 * Reads the parameters.
 * @param limitName `max-keys`, `max-uploads` or `max-parts`
 * @param limitElement how the answer names it
 * @throws S3Error InvalidArgument
 */
export function listingParameters(query: URLSearchParams, limitName: string, limitElement: string): ListingParameters {
  const prefix = query.get("prefix") ?? "";
  const delimiter = query.get("delimiter") ?? "";
  const encoding = query.get("encoding-type") ?? undefined;
  if (encoding !== undefined && encoding !== "url") {
    throw invalidArgument("Invalid Encoding Method specified in Request", "encoding-type", encoding);
  }
  const limit = countParameter(query, limitName, SERVICE_LIMITS.s3.listKeys);
  // As in a form: a space becomes a plus, and slashes stay.
  const encode = (key: string): string =>
    encoding === "url" ? uriEncode(key).replaceAll("%20", "+").replaceAll("%2F", "/") : key;
  return {
    prefix,
    delimiter,
    limit,
    encode,
    echo: [
      element("Prefix", encode(prefix)),
      optional("Delimiter", delimiter === "" ? undefined : encode(delimiter)),
      element(limitElement, limit),
      optional("EncodingType", encoding),
    ],
  };
}

/** Reads a count, cut to the most that S3 gives. @throws S3Error InvalidArgument */
export function countParameter(query: URLSearchParams, name: string, most: number): number {
  const text = query.get(name);
  if (text === null || text === "") return most;
  if (!/^\d{1,10}$/.test(text))
    throw invalidArgument(`Provided ${name} not an integer or within integer range`, name, text);
  return Math.min(Number(text), most);
}

export function invalidArgument(message: string, name: string, value: string): S3Error {
  return new S3Error("InvalidArgument", { message, details: { ArgumentName: name, ArgumentValue: value } });
}

/** Common prefixes as elements. */
export function commonPrefixElements(
  prefixes: readonly string[],
  encode: (key: string) => string,
): readonly XmlElement[] {
  return prefixes.map((prefix) => element("CommonPrefixes", [element("Prefix", encode(prefix))]));
}
