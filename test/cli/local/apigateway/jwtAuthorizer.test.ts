import { deepEqual, equal } from "node:assert/strict";
import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { JwtAuthorizer } from "../../../../cli/local/apigateway/jwtAuthorizer";

const ISSUER = "https://login.example.com/pool";
const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const other = generateKeyPairSync("rsa", { modulusLength: 2048 });
const KEY = { ...publicKey.export({ format: "jwk" }), kid: "one" };

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A token of the issuer, some of it replaced. */
function token(claims: object = {}, header: object = {}, key = privateKey): string {
  const now = Math.floor(Date.now() / 1000);
  const signed = [
    { alg: "RS256", kid: "one", ...header },
    { iss: ISSUER, aud: "app", exp: now + 60, iat: now, ...claims },
  ]
    .map(encode)
    .join(".");
  return `${signed}.${sign("RSA-SHA256", Buffer.from(signed), key).toString("base64url")}`;
}

/** An authorizer whose issuer has these documents, and what was read of them. */
function authorizer(documents: Readonly<Record<string, unknown>>) {
  const reads: string[] = [];
  const read = async (url: string): Promise<unknown> => {
    reads.push(url);
    if (!Object.hasOwn(documents, url)) throw new Error("no such document");
    return documents[url];
  };
  return { reads, checks: new JwtAuthorizer({ issuer: ISSUER, audiences: ["app", "batch"], read }) };
}

const DOCUMENTS = {
  [`${ISSUER}/.well-known/openid-configuration`]: { jwks_uri: "https://login.example.com/keys" },
  "https://login.example.com/keys": { keys: [{ kty: "EC", kid: "other" }, KEY] },
};

describe("cli/local/apigateway/jwtAuthorizer", () => {
  it("takes a token of the issuer for one of the audiences, with Bearer before it or not, and reads keys once", async () => {
    const { checks, reads } = authorizer(DOCUMENTS);
    equal((await checks.claims(`Bearer ${token({ sub: "ada" })}`))?.["sub"], "ada");
    equal((await checks.claims(token({ aud: ["other", "batch"] })))?.iss, ISSUER);
    equal((await checks.claims(token({ aud: undefined, client_id: "app" })))?.client_id, "app");
    deepEqual(reads, Object.keys(DOCUMENTS));
  });

  it("refuses every token that is not that", async () => {
    const { checks } = authorizer(DOCUMENTS);
    const now = Math.floor(Date.now() / 1000);
    const [header = "", payload = "", signature = ""] = token().split(".");
    const none = `${encode({ alg: "none", kid: "one" })}.${payload}.`;
    // The public key as the secret of a symmetric signature: what an issuer's key must never be taken for.
    const hmacHeader = encode({ alg: "HS256", kid: "one" });
    const pem = publicKey.export({ format: "pem", type: "spki" });
    const hmac = createHmac("sha256", pem).update(`${hmacHeader}.${payload}`).digest("base64url");
    const wrong: Readonly<Record<string, string | undefined>> = {
      nothing: undefined,
      empty: "",
      scheme: "Basic YTpi",
      "two parts": `${header}.${payload}`,
      "no JSON": "YQ.YQ.YQ",
      expired: token({ exp: now - 60 }),
      "not yet": token({ nbf: now + 60 }),
      "of tomorrow": token({ iat: now + 3600 }),
      "other issuer": token({ iss: "https://evil.example.com" }),
      "other audience": token({ aud: "admin" }),
      "no audience": token({ aud: undefined }),
      "unknown key": token({}, { kid: "two" }),
      "key of another kind": token({}, { kid: "other" }),
      "other signer": token({}, {}, other.privateKey),
      "changed claims": `${header}.${encode({ iss: ISSUER, aud: "app", exp: now + 60, sub: "root" })}.${signature}`,
      "no signature": `${header}.${payload}.`,
      "algorithm none": none,
      "algorithm HS256": `${hmacHeader}.${payload}.${hmac}`,
    };
    for (const [what, given] of Object.entries(wrong)) equal(await checks.claims(given), undefined, what);
  });

  it("accepts nothing while the issuer's keys cannot be read, and tries again", async () => {
    const documents: Record<string, unknown> = {};
    const { checks } = authorizer(documents);
    equal(await checks.claims(token()), undefined);
    Object.assign(documents, DOCUMENTS);
    equal((await checks.claims(token()))?.iss, ISSUER);
  });
});
