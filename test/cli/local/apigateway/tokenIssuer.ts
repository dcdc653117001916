import { generateKeyPairSync, sign } from "node:crypto";
import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";

/** Who gives tokens, with its documents at an address of this machine. */
export class TokenIssuer {
  readonly #keys = generateKeyPairSync("rsa", { modulusLength: 2048 });

  private constructor(private readonly server: http.Server) {}

  static async start(): Promise<TokenIssuer> {
    const server = http.createServer((request, response) => {
      const { publicKey } = issuer.#keys;
      const documents: Readonly<Record<string, unknown>> = {
        "/.well-known/openid-configuration": { jwks_uri: `${issuer.address}/keys` },
        "/keys": { keys: [{ ...publicKey.export({ format: "jwk" }), kid: "one" }] },
      };
      response.end(JSON.stringify(documents[request.url ?? ""]));
    });
    const issuer = new TokenIssuer(server);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return issuer;
  }

  get address(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  token(claims: object): string {
    const encoded = [{ alg: "RS256", kid: "one" }, claims].map((part) =>
      Buffer.from(JSON.stringify(part)).toString("base64url"),
    );
    const signed = encoded.join(".");
    return `${signed}.${sign("RSA-SHA256", Buffer.from(signed), this.#keys.privateKey).toString("base64url")}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}
