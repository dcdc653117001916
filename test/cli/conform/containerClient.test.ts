import { rejects } from "node:assert/strict";
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { ContainerClient } from "../../../cli/conform/containerClient";

const MEGABYTE = Buffer.alloc(1024 * 1024);

/** Writes for as long as anybody reads. */
function writeOn(response: ServerResponse): void {
  while (!response.destroyed)
    if (!response.write(MEGABYTE)) return void response.once("drain", () => writeOn(response));
}

describe("conform's client", () => {
  it("ends an answer that does not end by itself, before memory does", async () => {
    const server = createServer((_, response) => writeOn(response)).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("the server listens on no port");
    const client = new ContainerClient(new URL(`http://127.0.0.1:${address.port}`));
    try {
      await rejects(client.send("GET", "/ping", { seconds: 60 }), {
        code: "TOO_LARGE",
        message: "no answer: the answer is larger than 62914560 bytes",
      });
    } finally {
      client.close();
      server.closeAllConnections();
      server.close();
    }
  });
});
