import { Readable } from "node:stream";
import type { S3Client } from "@aws-sdk/client-s3";

/** A request as the SDK builds and sends it. */
type BuiltRequest = Parameters<S3Client["config"]["requestHandler"]["handle"]>[0];

/** What the SDK's first request shows. */
interface Sample {
  /** Unsigned. */
  readonly request: BuiltRequest;
  /** Path of the bucket, without a slash at its end. */
  readonly path: string;
  readonly signer: Awaited<ReturnType<S3Client["config"]["signer"]>>;
}

/** Keys that stand in a path as they are. */
const PLAIN_KEY = /^[A-Za-z0-9_/-]+(\.[A-Za-z0-9_/-]+)*$/;

/**
 * Puts many small objects into one bucket. The SDK finds the bucket's address, chooses how to sign, and serialises anew
 * for each of them, which is most of a small one's processor time. Its first request is what those that follow are made
 * like; the SDK's own signer signs them, and its own connections carry them. What does not do this way is left to the SDK.
 */
export class RepeatedPut {
  #sample: Sample | undefined;

  /** @param client puts the first object of the bucket */
  constructor(
    private readonly client: S3Client,
    bucket: string,
  ) {
    client.middlewareStack.add(
      (next, context) => async (args) => {
        const isFirst = this.#sample === undefined && context.commandName === "PutObjectCommand";
        // The address is in the context from here on only.
        const { endpointV2 } = context;
        const scheme = endpointV2?.properties?.["authSchemes"]?.[0];
        if (isFirst && "Bucket" in args.input && args.input.Bucket === bucket && scheme?.name === "sigv4") {
          if (isBuilt(args.request) && endpointV2 !== undefined) {
            const path = endpointV2.url.pathname.replace(/\/$/, "");
            this.#sample = { request: args.request.clone(), path, signer: await client.config.signer(scheme) };
          }
        }
        return next(args);
      },
      { step: "finalizeRequest", name: "sampleOfRepeatedPut" },
    );
  }

  /**
   * Puts an object.
   * @param headers besides host and length, in lower case
   * @returns its ETag; undefined when the SDK is to put it: there is no first request yet, or the answer was not 200
   */
  async put(key: string, text: string, headers: Readonly<Record<string, string>>): Promise<string | undefined> {
    if (this.#sample === undefined || !PLAIN_KEY.test(key)) return undefined;
    const { path, signer } = this.#sample;
    const request = this.#sample.request.clone();
    const host = request.headers["host"] ?? request.hostname;
    request.path = `${path}/${key}`;
    request.query = {};
    request.body = text;
    request.headers = { ...headers, host, "content-length": String(Buffer.byteLength(text)) };
    try {
      request.headers = (await signer.sign(request)).headers;
      const { response } = await this.client.config.requestHandler.handle(request);
      // An answer that nobody reads keeps its connection.
      if (response.body instanceof Readable) response.body.resume();
      return response.statusCode === 200 ? response.headers["etag"] : undefined;
    } catch {
      return undefined;
    }
  }
}

function isBuilt(request: unknown): request is BuiltRequest {
  return typeof request === "object" && request !== null && "headers" in request && "clone" in request;
}
