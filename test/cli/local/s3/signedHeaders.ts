import { createHash, createHmac, type Hash, type Hmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import type { SigningCredentials } from "../../../../cli/local/s3/sigV4";

/** What is to be signed with the SDK's own signer. */
export interface SigningRequest {
  readonly url: string;
  /** Path as it will be sent, where `URL` would normalise it. */
  readonly rawPath?: string;
  readonly method?: string;
  readonly service: string;
  readonly credentials: SigningCredentials;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** Whether `x-amz-content-sha256` is sent. Defaults to true. */
  readonly applyChecksum?: boolean;
  readonly now?: Date;
}

class Sha256 {
  readonly #hash: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    const key = typeof secret === "string" || secret === undefined ? secret : toBytes(secret);
    this.#hash = key === undefined ? createHash("sha256") : createHmac("sha256", key);
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(typeof data === "string" ? data : toBytes(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {}
}

function toBytes(data: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}

/** Headers of a signed request, `authorization` among them. */
export async function signedHeaders(request: SigningRequest): Promise<Record<string, string>> {
  const url = new URL(request.url);
  const signer = new SignatureV4({
    credentials: request.credentials,
    region: "us-east-1",
    service: request.service,
    sha256: Sha256,
    uriEscapePath: !request.service.startsWith("s3"),
    applyChecksum: request.applyChecksum ?? true,
  });
  const signed = await signer.sign(
    {
      method: request.method ?? "GET",
      protocol: url.protocol,
      hostname: url.hostname,
      path: request.rawPath ?? url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: { host: url.host, ...request.headers },
      ...(request.body !== undefined && { body: request.body }),
    },
    { signingDate: request.now ?? new Date() },
  );
  return signed.headers;
}

/** One chunk of a signed body, its signature chained to the one before. */
export class ChunkSigner {
  readonly #key: Buffer;
  readonly #scope: string;
  #previous: string;

  constructor(
    credentials: SigningCredentials,
    readonly timestamp: string,
    region: string,
    seed: string,
  ) {
    const day = timestamp.slice(0, 8);
    this.#scope = `${day}/${region}/s3/aws4_request`;
    this.#key = [day, region, "s3", "aws4_request"].reduce<Buffer>(
      (key, text) => createHmac("sha256", key).update(text).digest(),
      Buffer.from(`AWS4${credentials.secretAccessKey}`),
    );
    this.#previous = seed;
  }

  chunk(data: Buffer): Buffer {
    const signature = this.#sign("AWS4-HMAC-SHA256-PAYLOAD", [sha256(""), sha256(data)]);
    return Buffer.concat([
      Buffer.from(`${data.length.toString(16)};chunk-signature=${signature}\r\n`),
      data,
      Buffer.from(data.length === 0 ? "" : "\r\n"),
    ]);
  }

  trailer(line: string): Buffer {
    const signature = this.#sign("AWS4-HMAC-SHA256-TRAILER", [sha256(`${line}\n`)]);
    return Buffer.from(`${line}\r\nx-amz-trailer-signature:${signature}\r\n\r\n`);
  }

  #sign(kind: string, lines: readonly string[]): string {
    const text = [kind, this.timestamp, this.#scope, this.#previous, ...lines].join("\n");
    this.#previous = createHmac("sha256", this.#key).update(text).digest("hex");
    return this.#previous;
  }
}

function sha256(data: Buffer | string): string {
  return createHash("sha256").update(data).digest("hex");
}
