import { setTimeout as sleep } from "node:timers/promises";
import { XMLParser } from "fast-xml-parser";
import * as z from "zod";
import { ReadError } from "./readError";
import { type Credentials, lambdaSigner, signedHeaders } from "./signedHeaders";

export { ReadError } from "./readError";
export type { Credentials } from "./signedHeaders";

/** Where to read, and how. */
export interface NormalizedImagesOptions {
  /** Address of the function URL: the component's output `url`. */
  readonly url: string;
  /** Region of the function. */
  readonly region: string;
  /** Keys of a principal that may read, or a provider of them. */
  readonly credentials: Credentials;
  /**
   * Hash of the transformation that every answer must name in its ETag and metadata: the component's output
   * `transformationHash`. An answer of another one is refused as `OtherTransformation`. Defaults to any.
   */
  readonly transformation?: string;
  /** Most attempts of one read, the first included. Defaults to 6. */
  readonly attempts?: number;
  /** Longest that one attempt may take, in milliseconds. Defaults to 65 000, more than a function answers. */
  readonly timeoutMs?: number;
}

/** What is known of a normalised object. */
export interface NormalizedHead {
  readonly key: string;
  readonly contentType: string;
  /** Bytes of the normalised object. */
  readonly length: number;
  /** Names original and transformation; absent when the original has none. */
  readonly etag?: string;
  /** User metadata, without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** A normalised object. */
export interface NormalizedImage extends NormalizedHead {
  readonly bytes: Uint8Array;
}

/** Statuses that another attempt may change: throttling, and what did not answer in time. */
const RETRIED: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);

/** The first pause is up to this many milliseconds, each further one up to twice as many. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;

const Refusal = z.object({ code: z.string(), message: z.string() });
const Listing = z.object({
  ListBucketResult: z.object({
    Contents: z.array(z.object({ Key: z.string() })).default([]),
    NextContinuationToken: z.string().optional(),
  }),
});
const listingParser = new XMLParser({ parseTagValue: false, isArray: (name) => name === "Contents" });

/**
 * Reads through the delivery `function-url`.
 *
 * @example
 * const images = new NormalizedImages({ url, region: "eu-central-1", credentials: fromNodeProviderChain() });
 * for await (const { key, bytes } of images.getAll(images.list("train/"))) train(key, bytes);
 */
export class NormalizedImages {
  readonly #signer: ReturnType<typeof lambdaSigner>;

  constructor(private readonly options: NormalizedImagesOptions) {
    this.#signer = lambdaSigner(options.region, options.credentials);
  }

  /**
   * Reads one object.
   * @throws ReadError
   */
  async get(key: string): Promise<NormalizedImage> {
    const response = await this.#request("GET", this.#addressOf(key), key);
    return { ...headOf(key, response.headers), bytes: response.bytes };
  }

  /**
   * Asks what {@link get} would answer. It costs as much: nothing less tells the length.
   * @throws ReadError
   */
  async head(key: string): Promise<NormalizedHead> {
    return headOf(key, (await this.#request("HEAD", this.#addressOf(key), key)).headers);
  }

  /**
   * Keys of the originals, in S3's order, page by page.
   * @param prefix what they begin with. Defaults to all
   * @throws ReadError
   */
  async *list(prefix = ""): AsyncGenerator<string, void, undefined> {
    let token: string | undefined;
    do {
      const url = new URL(this.options.url);
      const query = { "list-type": "2", "encoding-type": "url", prefix, ...(token && { "continuation-token": token }) };
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
      const { bytes } = await this.#request("GET", url, "");
      const { ListBucketResult } = Listing.parse(listingParser.parse(Buffer.from(bytes).toString("utf8")));
      for (const { Key } of ListBucketResult.Contents) yield decodeURIComponent(Key.replaceAll("+", " "));
      token = ListBucketResult.NextContinuationToken;
    } while (token !== undefined);
  }

  /**
   * Reads many objects at once, and gives them in the order of their keys.
   * @param concurrency reads under way, 1 or more. Defaults to 16
   * @throws ReadError of the first that fails; reads that are under way then end unheard
   */
  async *getAll(
    keys: Iterable<string> | AsyncIterable<string>,
    { concurrency = 16 }: { readonly concurrency?: number } = {},
  ): AsyncGenerator<NormalizedImage, void, undefined> {
    const underWay: Promise<NormalizedImage>[] = [];
    for await (const key of keys) {
      const read = this.get(key);
      // Its error is thrown when its turn comes, and is not unheard of until then.
      read.catch(() => undefined);
      underWay.push(read);
      const first = underWay.length >= concurrency ? underWay.shift() : undefined;
      if (first !== undefined) yield await first;
    }
    for (const read of underWay) yield await read;
  }

  #addressOf(key: string): URL {
    if (key === "") throw new ReadError(key, 400, "InvalidRequest", "a key is not empty");
    const segments = key.split("/");
    // Addresses have no such segments: fetch resolves them, and would read another object.
    if (segments.includes(".") || segments.includes("..")) {
      throw new ReadError(
        key,
        400,
        "InvalidRequest",
        "no part of a key between slashes is . or ..: fetch cannot ask for it",
      );
    }
    return new URL(this.options.url.replace(/\/?$/, "/") + segments.map(encodeURIComponent).join("/"));
  }

  async #request(method: "GET" | "HEAD", url: URL, key: string): Promise<{ headers: Headers; bytes: Uint8Array }> {
    const { attempts = 6 } = this.options;
    for (let attempt = 1; ; attempt++) {
      const answered = await this.#attempt(method, url, key).catch((error: unknown) => {
        if (error instanceof ReadError) return error;
        return new ReadError(key, 0, "Unreachable", error instanceof Error ? error.message : String(error), {
          cause: error,
        });
      });
      if (!(answered instanceof ReadError)) return answered;
      const isFinal = answered.status !== 0 && !RETRIED.has(answered.status);
      if (isFinal || attempt >= attempts) throw answered;
      await sleep(Math.random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1)));
    }
  }

  async #attempt(method: "GET" | "HEAD", url: URL, key: string): Promise<{ headers: Headers; bytes: Uint8Array }> {
    const { timeoutMs = 65_000 } = this.options;
    // Each attempt is signed anew: a signature is good for minutes only.
    const headers = await signedHeaders(this.#signer, method, url, {});
    const response = await fetch(url, { method, headers, signal: AbortSignal.timeout(timeoutMs), redirect: "error" });
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (!response.ok) throw refusal(key, response, bytes);
    if (key !== "") this.#assertTransformation(key, response);
    return { headers: response.headers, bytes };
  }

  #assertTransformation(key: string, { status, headers }: Response): void {
    const { transformation } = this.options;
    if (transformation === undefined) return;
    const [named, etag] = [headers.get("x-amz-meta-frugal-ml-transformation"), headers.get("etag")];
    if (named === transformation && (etag === null || etag.endsWith(`-${transformation}"`))) return;
    throw new ReadError(key, status, "OtherTransformation", `made by ${named}; wanted ${transformation}`);
  }
}

function refusal(key: string, { status, headers }: Response, bytes: Uint8Array): ReadError {
  const code = headers.get("x-frugal-ml-error") ?? headers.get("x-amzn-errortype") ?? "Refused";
  try {
    const told = Refusal.parse(JSON.parse(Buffer.from(bytes).toString("utf8")));
    return new ReadError(key, status, told.code, told.message);
  } catch {
    // HEAD has no body, and Lambda itself answers in its own words.
    return new ReadError(key, status, code, Buffer.from(bytes).toString("utf8").slice(0, 200));
  }
}

function headOf(key: string, headers: Headers): NormalizedHead {
  const metadata = [...headers].flatMap(([name, value]) =>
    name.startsWith("x-amz-meta-") ? [[name.slice("x-amz-meta-".length), value] as const] : [],
  );
  const etag = headers.get("etag");
  return {
    key,
    contentType: headers.get("content-type") ?? "application/octet-stream",
    length: Number(headers.get("x-frugal-ml-length") ?? headers.get("content-length")),
    ...(etag !== null && { etag }),
    metadata: Object.fromEntries(metadata),
  };
}
