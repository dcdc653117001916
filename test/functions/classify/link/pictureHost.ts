import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { connect } from "node:net";
import type { LinkTransport } from "../../../../functions/classify/link/linkTransport";

/** A server that stands for the whole Internet, and what was asked of it. */
export interface PictureHost {
  readonly transport: LinkTransport;
  /** Addresses and ports that were connected to. */
  readonly connections: readonly string[];
  /** Names that were resolved. */
  readonly resolved: readonly string[];
  readonly requests: readonly IncomingMessage[];
  /** Forgets what was asked, and answers so from now on. */
  answer(listener: RequestListener): void;
  close(): Promise<void>;
}

/** What a name resolves to when nothing is said: an address of example.com's. */
export const PUBLIC_ADDRESS = "93.184.215.14";

/**
 * Starts a server on this machine that every connection ends at, whatever address it was meant for.
 * @param names what names resolve to; several answers are given one after another, the last for ever
 */
export async function startPictureHost(
  names: Readonly<Record<string, readonly (readonly string[])[]>> = {},
): Promise<PictureHost> {
  const connections: string[] = [];
  const resolved: string[] = [];
  const requests: IncomingMessage[] = [];
  let listener: RequestListener = (_, response) => response.writeHead(404).end();
  const server = createServer((request, response) => {
    requests.push(request);
    listener(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server listens on no port");
  return {
    connections,
    resolved,
    requests,
    transport: {
      async resolve(host) {
        const answers = names[host] ?? [[PUBLIC_ADDRESS]];
        const turn = resolved.filter((name) => name === host).length;
        resolved.push(host);
        return answers[Math.min(turn, answers.length - 1)] ?? [];
      },
      connect(to, port) {
        connections.push(`${to}:${port}`);
        return connect({ host: "127.0.0.1", port: address.port });
      },
    },
    answer(next) {
      for (const list of [connections, resolved, requests]) list.length = 0;
      listener = next;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
