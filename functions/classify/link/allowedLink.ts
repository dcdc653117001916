import { isIP } from "node:net";
import { type ImageLinkRules, LinkScheme } from "../../../contracts/imageLinkRules";
import { ClassifyError } from "../errors";
import { isPublicAddress } from "./publicAddress";

/** Most characters of a link. */
export const MAX_LINK_CHARACTERS = 2048;

const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
/** Scheme, and the authority as it is spelled. */
const ABSOLUTE = new RegExp(`${SCHEME.source}//([^/?#]*)`, "i");
/** At most 253 characters (RFC 1035, section 2.3.4, without the dots that only the wire has). */
const HOST_NAME = /^(?=.{1,253}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*$/;

/** A link that may be followed, as far as its text tells. */
export interface AllowedLink {
  readonly url: URL;
  readonly scheme: LinkScheme;
  /** Name, or an address without brackets. */
  readonly host: string;
  readonly port: number;
}

/**
 * Judges a link by its text. It must be spelled as it is understood: URL parsers take decimal, octal, hexadecimal and short
 * forms of addresses, encoded and foreign letters, backslashes and blanks, and each parser takes others.
 * @param base what a redirect came from; its `Location` may be relative to it
 * @throws ClassifyError LinkInvalid, LinkSchemeRefused, LinkPortRefused, LinkHostRefused or LinkAddressRefused
 */
export function allowedLink(text: string, { hosts, schemes }: ImageLinkRules, base?: URL): AllowedLink {
  if (text.length > MAX_LINK_CHARACTERS) {
    throw new ClassifyError("LinkInvalid", `Given ${text.length} characters; allowed: ${MAX_LINK_CHARACTERS}.`);
  }
  if (/[^\x21-\x7e]|\\/.test(text)) {
    throw new ClassifyError("LinkInvalid", "Allowed: printable ASCII without blanks and backslashes.");
  }
  const url = parse(text, base);
  const scheme = schemes.find((allowed) => url.protocol === `${allowed}:`);
  if (scheme === undefined) throw new ClassifyError("LinkSchemeRefused", `Allowed: ${schemes.join(", ")}.`);
  const absolute = ABSOLUTE.exec(text);
  // Only a redirect may be relative, and then keeps what was judged before; "http:name" would be, against its looks.
  if (absolute === null && (base === undefined || SCHEME.test(text))) {
    throw new ClassifyError("LinkInvalid", "It must begin scheme://host.");
  }
  const authority = absolute?.[1] ?? url.host;
  if (url.username !== "" || url.password !== "" || authority.includes("@")) {
    throw new ClassifyError("LinkInvalid", "It must not carry a user's name or password.");
  }
  if (authority.toLowerCase().replace(/:\d*$/, "") !== url.hostname) {
    throw new ClassifyError("LinkInvalid", "Its host is not spelled as it is understood.");
  }
  if (url.port !== "") throw new ClassifyError("LinkPortRefused");
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  assertHost(host, hosts);
  return { url, scheme, host, port: scheme === LinkScheme.Https ? 443 : 80 };
}

function parse(text: string, base: URL | undefined): URL {
  try {
    return new URL(text, base);
  } catch (cause) {
    throw new ClassifyError("LinkInvalid", undefined, { cause });
  }
}

function assertHost(host: string, hosts: readonly string[]): void {
  if (isIP(host) !== 0) {
    if (!hosts.some((allowed) => allowed.replace(/^\[(.*)\]$/, "$1") === host))
      throw new ClassifyError("LinkHostRefused");
    if (!isPublicAddress(host)) throw new ClassifyError("LinkAddressRefused");
    return;
  }
  if (!HOST_NAME.test(host)) throw new ClassifyError("LinkInvalid", "Its host is neither a name nor an address.");
  const listed = hosts.some(
    (allowed) => allowed === "*" || allowed === host || (allowed.startsWith("*.") && host.endsWith(allowed.slice(1))),
  );
  if (!listed) throw new ClassifyError("LinkHostRefused");
}
