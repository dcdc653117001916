import { NormalizeError } from "./errors";

/** Parameters by which a reader sets headers of the answer; docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
const OVERRIDES = [
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-language",
  "content-type",
  "expires",
] as const;

/**
 * Headers that the reader asks the answer to have, `response-<name>`.
 * @throws NormalizeError InvalidArgument for text that cannot be a header's value
 */
export function responseOverrides(query: URLSearchParams): Record<string, string> {
  const asked = OVERRIDES.flatMap((name) => {
    const value = query.get(`response-${name}`);
    return value === null ? [] : [[name, value] as const];
  });
  const wrong = asked.find(([, value]) => !/^[\x20-\x7e]{0,1024}$/.test(value));
  if (wrong === undefined) return Object.fromEntries(asked);
  throw new NormalizeError("InvalidArgument", `response-${wrong[0]} must be at most 1,024 printable ASCII characters.`);
}
