import * as z from "zod";

/** What a function that does not stream answers HTTP with (docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html). */
const Described = z.object({
  statusCode: z.int().min(100).max(599),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)).default({}),
  cookies: z.array(z.string()).default([]),
  body: z.string().default(""),
  isBase64Encoded: z.boolean().default(false),
});

/** An answer to an HTTP request. */
export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer;
}

/**
 * What a function's result means in payload format 2.0: a described answer, or else the result itself as JSON with
 * status 200.
 * @returns undefined when the result describes an answer, but not a valid one
 */
export function bufferedAnswer(result: string): HttpAnswer | undefined {
  const value = parseJson(result);
  const described = Described.safeParse(value);
  if (described.success) {
    const { statusCode, headers, cookies, body, isBase64Encoded } = described.data;
    return {
      statusCode,
      headers: { ...headers, ...(cookies.length > 0 && { "set-cookie": cookies }) },
      body: Buffer.from(body, isBase64Encoded ? "base64" : "utf8"),
    };
  }
  if (typeof value === "object" && value !== null && "statusCode" in value) return undefined;
  return { statusCode: 200, headers: { "content-type": "application/json" }, body: Buffer.from(result, "utf8") };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
