import { createHash, createHmac, type Hash, type Hmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";

/** Keys of an AWS principal, or what finds them, as the AWS SDK's credential providers do. */
export type Credentials = ConstructorParameters<typeof SignatureV4>[0]["credentials"];

type Source = string | ArrayBuffer | ArrayBufferView;

/** SHA-256 and its HMAC as the signer asks for them. */
class Sha256 {
  readonly #hash: Hash | Hmac;

  constructor(secret?: Source) {
    this.#hash = secret === undefined ? createHash("sha256") : createHmac("sha256", viewOf(secret));
  }

  update(data: Source): void {
    this.#hash.update(viewOf(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {
    throw new Error("a digest is made once");
  }
}

function viewOf(data: Source): string | Uint8Array {
  if (typeof data === "string") return data;
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}

/** What signs requests for function URLs: AWS Signature Version 4, service `lambda`. */
export function lambdaSigner(region: string, credentials: Credentials): SignatureV4 {
  return new SignatureV4({ region, credentials, service: "lambda", sha256: Sha256 });
}

/** Headers with which a request is signed. */
export async function signedHeaders(
  signer: SignatureV4,
  method: string,
  url: URL,
  headers: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const signed = await signer.sign({
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: { host: url.host, ...headers },
  });
  return signed.headers;
}
