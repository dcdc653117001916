import { once } from "node:events";
import { Agent, createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { LookupFunction } from "node:net";
import { buffer } from "node:stream/consumers";
import { S3Client } from "@aws-sdk/client-s3";

/** One request as it arrived. */
export interface ReceivedRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Answers one request. */
export type Respond = (request: ReceivedRequest, response: ServerResponse) => void;

/** A server on 127.0.0.1 that records what it is asked. */
export interface Loopback {
  readonly port: number;
  readonly requests: readonly ReceivedRequest[];
  /** Forgets earlier requests and answers later ones so. */
  answer(respond: Respond): void;
  close(): Promise<void>;
}

/** Starts a server that answers 500 until it is told how to answer. */
export async function startLoopback(): Promise<Loopback> {
  const requests: ReceivedRequest[] = [];
  let respond: Respond = (_, response) => response.writeHead(500).end();
  const server = createServer(async (incoming, response) => {
    const { method = "", url = "", headers } = incoming;
    const request = { method, url, headers, body: await buffer(incoming) };
    requests.push(request);
    respond(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server listens on no port");
  return {
    port: address.port,
    requests,
    answer(next) {
      requests.length = 0;
      respond = next;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Every name is 127.0.0.1, so that hosts with a bucket's or a route's prefix arrive there too. */
const lookup: LookupFunction = (_, options, callback) => {
  if (options.all) callback(null, [{ address: "127.0.0.1", family: 4 }]);
  else callback(null, "127.0.0.1", 4);
};

/** The SDK's own S3 client, for which `s3.test` is a loopback server. */
export function loopbackClient(server: Loopback): S3Client {
  return new S3Client({
    region: "us-east-1",
    credentials: { accessKeyId: "AKIDTEST", secretAccessKey: "secret" },
    endpoint: `http://s3.test:${server.port}`,
    maxAttempts: 1,
    responseChecksumValidation: "WHEN_REQUIRED",
    requestHandler: { httpAgent: new Agent({ lookup }) },
  });
}
