import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingHttpHeaders, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
import { ObjectStore } from "../../../../cli/local/s3/objectStore";
import { createS3Handler, type S3HandlerOptions } from "../../../../cli/local/s3/s3Handler";

export const CREDENTIALS = { accessKeyId: "AKIDLOCAL", secretAccessKey: "local-secret" };
export const REGION = "us-east-1";

/** A store behind a real server on 127.0.0.1. */
export interface TestServer {
  readonly store: ObjectStore;
  readonly root: string;
  readonly endpoint: string;
  readonly port: number;
  /** Errors that were answered as InternalError. */
  readonly reported: unknown[];
  readonly server: Server;
  /** An unmodified SDK client. */
  client(config?: S3ClientConfig): S3Client;
  close(): Promise<void>;
}

export async function startTestServer(options: Partial<S3HandlerOptions> = {}): Promise<TestServer> {
  const root = await mkdtemp(path.join(tmpdir(), "frugal-s3-"));
  const store = await ObjectStore.open(root);
  const reported: unknown[] = [];
  const server = createServer(
    createS3Handler({
      store,
      credentials: CREDENTIALS,
      region: REGION,
      resolve: () => undefined,
      report: (error) => reported.push(error),
      ...options,
    }),
  );
  // Else a connection that a busy machine left idle is closed at the moment when a client uses it again.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = addressOf(server);
  const endpoint = `http://127.0.0.1:${port}`;
  const clients: S3Client[] = [];
  return {
    store,
    root,
    endpoint,
    port,
    reported,
    server,
    client: (config = {}) => {
      const client = new S3Client({
        endpoint,
        region: REGION,
        credentials: CREDENTIALS,
        forcePathStyle: true,
        maxAttempts: 1,
        ...config,
      });
      clients.push(client);
      return client;
    },
    close: async () => {
      for (const client of clients) client.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(root, { recursive: true, force: true });
    },
  };
}

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server listens on no port");
  return address;
}

/** An answer as it came. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Sends a request whose target is not normalised. */
export function send(
  port: number,
  method: string,
  target: string,
  headers: Record<string, string> = {},
  body?: Buffer | string,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: "127.0.0.1", port, method, path: target, headers, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("error", reject);
      answer.on("end", () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks).toString() }),
      );
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}
