import { deepEqual, equal, ok } from "node:assert/strict";
import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { FleetStore } from "../../fleet/fleetStore";
import { RepeatedPut } from "../../fleet/repeatedPut";
import { CREDENTIALS, REGION, startTestServer, type TestServer } from "../cli/local/s3/testServer";

describe("fleet/repeatedPut", () => {
  let server: TestServer;
  /** Method and path of each request, and whether the SDK's own command made it. */
  let asked: string[];

  beforeEach(async () => {
    server = await startTestServer();
    await server.store.createBucket("our-models");
    asked = [];
    server.server.on("request", ({ method, url, headers }) => {
      const path = new URL(url ?? "", server.endpoint).pathname;
      asked.push(`${method} ${path} ${headers["user-agent"]?.startsWith("aws-sdk-js") ? "SDK" : "repeated"}`);
    });
  });
  afterEach(() => server.close());

  async function stored(key: string): Promise<string | undefined> {
    const version = server.store.find("our-models", key);
    return version && (await text(server.store.read("our-models", version)));
  }

  it("puts what follows the SDK's first request, and leaves what it cannot to the SDK", async () => {
    const client = server.client();
    const put = new RepeatedPut(client, "our-models");
    equal(await put.put("pointers/a.json", "{}", {}), undefined);
    await server.store.createBucket("another");
    await client.send(new PutObjectCommand({ Bucket: "another", Key: "a", Body: "" }));
    equal(await put.put("pointers/a.json", "{}", {}), undefined);
    await client.send(new PutObjectCommand({ Bucket: "our-models", Key: "first", Body: "1" }));
    const headers = { "content-type": "application/json", "if-none-match": "*" };
    equal(
      await put.put("pointers/a.json", '{"é":1}', headers),
      `"${server.store.find("our-models", "pointers/a.json")?.etag}"`,
    );
    equal(await stored("pointers/a.json"), '{"é":1}');
    equal(server.store.find("our-models", "pointers/a.json")?.headers["content-type"], "application/json");
    equal(await put.put("pointers/a.json", "other", headers), undefined);
    equal(await stored("pointers/a.json"), '{"é":1}');
    for (const key of ["a b", "größe", "a/../b", "a?b", "", "a%2fb"]) equal(await put.put(key, "", {}), undefined);
    deepEqual(asked, [
      "PUT /another/a SDK",
      "PUT /our-models/first SDK",
      "PUT /our-models/pointers/a.json repeated",
      "PUT /our-models/pointers/a.json repeated",
    ]);
    server.server.closeAllConnections();
    server.server.close();
    equal(await put.put("pointers/b.json", "{}", headers), undefined);
  });

  it("carries a fleet's pointers, whose conditions hold, and whose failures the SDK tries again", async () => {
    const store = new FleetStore("our-models", { endpoint: server.endpoint, region: REGION, ...CREDENTIALS });
    try {
      const first = await store.write("pointers/a.json", "1", "absent");
      const etags = await Promise.all(
        ["b", "c", "d"].map((name) => store.write(`pointers/${name}.json`, "1", "absent")),
      );
      deepEqual(etags, [first, first, first]);
      ok(first !== undefined);
      equal(await store.write("pointers/b.json", "2", "absent"), undefined);
      const second = await store.write("pointers/b.json", "2", { etag: first });
      equal(await store.write("pointers/b.json", "3", { etag: first }), undefined);
      equal(await store.write("pointers/gone.json", "3", { etag: first }), undefined);
      equal(await stored("pointers/b.json"), "2");
      deepEqual(asked.filter((line) => line.endsWith("SDK")).length, 4);
      asked.length = 0;
      const [answer] = server.server.listeners("request");
      server.server.removeListener("request", answer as () => void);
      server.server.once("request", (_: IncomingMessage, response: ServerResponse) => {
        response.writeHead(503).end();
        server.server.prependListener("request", answer as () => void);
      });
      equal(
        (await store.write("pointers/b.json", "3", second === undefined ? "absent" : { etag: second })) === undefined,
        false,
      );
      deepEqual(asked, ["PUT /our-models/pointers/b.json repeated", "PUT /our-models/pointers/b.json SDK"]);
      equal(await stored("pointers/b.json"), "3");
    } finally {
      store.close();
    }
  });
});
