import { createPublicKey, type JsonWebKey, verify } from "node:crypto";
import * as z from "zod";

/** Milliseconds for which an issuer's keys are kept, as API Gateway does for two hours at most. */
const KEYS_MS = 2 * 3600 * 1000;

/** Seconds that clocks may differ. */
const SKEW_SECONDS = 5;

const Header = z.object({ alg: z.literal(["RS256", "RS384", "RS512"]), kid: z.string() });
const Claims = z.looseObject({
  iss: z.string(),
  aud: z.union([z.string(), z.array(z.string())]).optional(),
  client_id: z.string().optional(),
  exp: z.number(),
  nbf: z.number().optional(),
  iat: z.number().optional(),
});
const Discovery = z.object({ jwks_uri: z.url() });
const KeySet = z.object({ keys: z.array(z.looseObject({ kid: z.string().optional(), kty: z.string() })) });

type Claims = z.infer<typeof Claims>;

/** What an authorizer of an HTTP API checks. */
export interface JwtAuthorizerSettings {
  readonly issuer: string;
  readonly audiences: readonly string[];
  /** Reads a JSON document. Defaults to fetching it. */
  readonly read?: (url: string) => Promise<unknown>;
}

/**
 * JWT authorisation of an HTTP API: the issuer's own keys are read from its discovery document, and signature, issuer,
 * audience and times are checked (docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html).
 * Whatever cannot be checked is refused: without a way to the issuer no token is accepted.
 */
export class JwtAuthorizer {
  #keys: { readonly readMs: number; readonly set: Promise<z.infer<typeof KeySet>> } | undefined;

  constructor(private readonly settings: JwtAuthorizerSettings) {}

  /**
   * The claims of a token.
   * @param authorization value of the header, `Bearer` before the token or not
   * @returns undefined when the token is not valid, for whatever reason
   */
  async claims(authorization: string | undefined): Promise<Claims | undefined> {
    const token = /^(?:Bearer\s+)?([\w-]+)\.([\w-]+)\.([\w-]+)$/i.exec(authorization?.trim() ?? "");
    const [, header = "", payload = "", signature = ""] = token ?? [];
    try {
      const { alg, kid } = Header.parse(JSON.parse(decode(header).toString("utf8")));
      const claims = Claims.parse(JSON.parse(decode(payload).toString("utf8")));
      if (!this.#fits(claims)) return undefined;
      const { keys } = await this.#keySet();
      const jwk = keys.find((key) => key.kid === kid && key.kty === "RSA");
      if (jwk === undefined) return undefined;
      // Node's own type of a JWK has every field as optional text; zod has seen the two that matter here.
      const key = createPublicKey({ key: jwk as JsonWebKey, format: "jwk" });
      const signed = Buffer.from(`${header}.${payload}`, "ascii");
      return verify(`RSA-SHA${alg.slice(2)}`, signed, key, decode(signature)) ? claims : undefined;
    } catch {
      return undefined;
    }
  }

  #fits({ iss, aud, client_id, exp, nbf, iat }: Claims): boolean {
    const { issuer, audiences } = this.settings;
    const now = Date.now() / 1000;
    // A token without an audience has the client in its place.
    const meant = aud === undefined ? [client_id] : [aud].flat();
    return (
      iss === issuer &&
      meant.some((name) => name !== undefined && audiences.includes(name)) &&
      exp > now - SKEW_SECONDS &&
      (nbf ?? 0) <= now + SKEW_SECONDS &&
      (iat ?? 0) <= now + SKEW_SECONDS
    );
  }

  #keySet(): Promise<z.infer<typeof KeySet>> {
    const known = this.#keys;
    if (known !== undefined && performance.now() - known.readMs < KEYS_MS) return known.set;
    const set = this.#readKeys();
    this.#keys = { readMs: performance.now(), set };
    set.catch(() => {
      this.#keys = undefined;
    });
    return set;
  }

  async #readKeys(): Promise<z.infer<typeof KeySet>> {
    const read = this.settings.read ?? readJson;
    const base = this.settings.issuer.replace(/\/$/, "");
    const { jwks_uri } = Discovery.parse(await read(`${base}/.well-known/openid-configuration`));
    return KeySet.parse(await read(jwks_uri));
  }
}

async function readJson(url: string): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
  return response.json();
}

function decode(part: string): Buffer {
  return Buffer.from(part, "base64url");
}
