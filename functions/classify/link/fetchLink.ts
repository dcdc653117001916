import { type IncomingMessage, request } from "node:http";
import { isIP } from "node:net";
import type { ClassifyLimits } from "../../../contracts/classifyLimits";
import type { ImageLinkRules } from "../../../contracts/imageLinkRules";
import { ClassifyError } from "../errors";
import { type AllowedLink, allowedLink } from "./allowedLink";
import type { LinkTransport } from "./linkTransport";
import { isPublicAddress } from "./publicAddress";

const REDIRECTS: ReadonlySet<number | undefined> = new Set([301, 302, 303, 307, 308]);

/** Types that an answer may announce. Stores that know no better say the second; the bytes are looked at in any case. */
const IMAGE_TYPE = /^(image\/[\w.+-]+|application\/octet-stream)(\s*;.*)?$/i;

/** Nothing of the caller's request goes on. */
const HEADERS = { accept: "image/*", "accept-encoding": "identity", "user-agent": "frugal-ml" } as const;

/** What a fetch needs to know. */
export interface LinkOptions {
  readonly rules: ImageLinkRules;
  readonly limits: Pick<ClassifyLimits, "bytes" | "linkMs" | "redirects">;
  /** Ends the fetch before its own time is over. */
  readonly signal: AbortSignal;
  readonly transport: LinkTransport;
}

/**
 * Fetches a picture from a link that anybody may have made up. The link and every redirect are judged by their text, then
 * by all addresses of their host; the connection goes to an address that was judged, so that a name which resolves
 * otherwise a moment later changes nothing.
 * @throws ClassifyError for whatever is refused or fails, see the codes that begin with `Link`
 */
export async function fetchLink(text: string, options: LinkOptions): Promise<Uint8Array> {
  const { limits, rules } = options;
  const aborter = new AbortController();
  const { signal } = aborter;
  const abort = (): void => aborter.abort();
  const timer = setTimeout(abort, limits.linkMs);
  options.signal.addEventListener("abort", abort, { once: true });
  try {
    options.signal.throwIfAborted();
    let link = allowedLink(text, rules);
    for (let redirects = 0; ; redirects++) {
      const answer = await open(link, options.transport, signal);
      const { statusCode, headers } = answer;
      if (!REDIRECTS.has(statusCode) || headers.location === undefined) return await collect(answer, limits.bytes);
      answer.destroy();
      if (redirects === limits.redirects) throw new ClassifyError("TooManyRedirects", `Allowed: ${limits.redirects}.`);
      link = allowedLink(headers.location, rules, link.url);
    }
  } catch (cause) {
    if (cause instanceof ClassifyError) throw cause;
    if (options.signal.aborted) throw new ClassifyError("Timeout", undefined, { cause });
    if (signal.aborted) throw new ClassifyError("LinkTimeout", `Allowed: ${limits.linkMs} ms.`, { cause });
    throw new ClassifyError("LinkFailed", undefined, { cause });
  } finally {
    clearTimeout(timer);
    options.signal.removeEventListener("abort", abort);
  }
}

async function open(link: AllowedLink, transport: LinkTransport, signal: AbortSignal): Promise<IncomingMessage> {
  const { url, scheme, host, port } = link;
  const address = isIP(host) === 0 ? await publicAddressOf(host, transport, signal) : host;
  return new Promise((resolve, reject) => {
    const connection = transport.connect(address, port, scheme, host);
    const abandon = (error: unknown): void => {
      connection.destroy();
      reject(error);
    };
    // Every error of the connection reaches the request, once that has it.
    const headers = { ...HEADERS, host: url.host };
    request({ createConnection: () => connection, path: url.pathname + url.search, headers, signal })
      .once("response", resolve)
      .once("error", abandon)
      // A host that switches to another protocol, though nobody asked it to, brings neither of the two.
      .once("close", () => reject(new Error("the connection ended without an answer")))
      .end();
  });
}

/**
 * An address of a name that has none but public ones.
 * @throws ClassifyError LinkUnresolved or LinkAddressRefused
 */
async function publicAddressOf(host: string, transport: LinkTransport, signal: AbortSignal): Promise<string> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  const resolved = transport.resolve(host).catch((cause: unknown) => {
    throw new ClassifyError("LinkUnresolved", undefined, { cause });
  });
  const addresses = await Promise.race([resolved, aborted]);
  const [first] = addresses;
  if (first === undefined) throw new ClassifyError("LinkUnresolved");
  if (!addresses.every(isPublicAddress)) throw new ClassifyError("LinkAddressRefused");
  return first;
}

async function collect(answer: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  try {
    const { statusCode, headers } = answer;
    if (statusCode !== 200) throw new ClassifyError("LinkFailed", `Its host answered ${statusCode}.`);
    if (!IMAGE_TYPE.test(headers["content-type"] ?? "")) throw new ClassifyError("LinkTypeRefused");
    if ((headers["content-encoding"] ?? "identity") !== "identity") {
      throw new ClassifyError("LinkTypeRefused", "It must not be compressed besides.");
    }
    const tooMany = (given: number): ClassifyError =>
      new ClassifyError("TooManyBytes", `Given ${given} or more; allowed: ${maxBytes}.`);
    const announced = Number(headers["content-length"] ?? 0);
    if (announced > maxBytes) throw tooMany(announced);
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of answer as AsyncIterable<Uint8Array>) {
      length += chunk.length;
      if (length > maxBytes) throw tooMany(length);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks, length);
  } finally {
    answer.destroy();
  }
}
