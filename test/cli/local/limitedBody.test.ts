import { deepEqual } from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { limitedBody } from "../../../cli/local/limitedBody";

/** More than what sockets hold, so that one that nobody reads keeps its sender waiting. */
const LARGE = Buffer.alloc(16 * 1024 * 1024, "x");

describe("cli/local/limitedBody", () => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const server = http.createServer((request, response) => {
    limitedBody(request, 10, () => new Error("too long")).then(
      (body) => response.end(body),
      (error: Error) => response.writeHead(413).end(error.message),
    );
  });

  before(() => once(server.listen(0, "127.0.0.1"), "listening"));
  after(() => {
    agent.destroy();
    server.closeAllConnections();
    server.close();
  });

  async function post(body: Buffer, headers: http.OutgoingHttpHeaders): Promise<readonly [number | undefined, string]> {
    const { port } = server.address() as AddressInfo;
    const request = http.request({ agent, port, method: "POST", headers, signal: AbortSignal.timeout(1500) });
    request.end(body);
    const [response]: http.IncomingMessage[] = await once(request, "response");
    return [response?.statusCode, response ? await text(response) : ""];
  }

  for (const [how, headers] of Object.entries({
    "says its length": { "content-length": LARGE.length },
    "does not say its length": { "transfer-encoding": "chunked" },
  })) {
    it(`refuses a body that ${how}, and the connection serves the next request`, async () => {
      deepEqual(await post(LARGE, headers), [413, "too long"]);
      deepEqual(await post(Buffer.from("0123456789"), {}), [200, "0123456789"]);
      deepEqual(await post(Buffer.from("0123456789a"), {}), [413, "too long"]);
    });
  }
});
