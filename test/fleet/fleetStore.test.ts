import { deepEqual, equal, rejects } from "node:assert/strict";
import type { IncomingMessage, ServerResponse } from "node:http";
import { FleetStore } from "../../fleet/fleetStore";
import { CREDENTIALS, REGION, startTestServer, type TestServer } from "../cli/local/s3/testServer";

const REFUSED = `<?xml version="1.0" encoding="UTF-8"?>
<DeleteResult><Error><Key>a</Key><Code>AccessDenied</Code><Message>no</Message></Error></DeleteResult>`;

describe("fleet/fleetStore", () => {
  let server: TestServer;
  let store: FleetStore;

  beforeEach(async () => {
    server = await startTestServer();
    await server.store.createBucket("our-models");
    store = new FleetStore("our-models", { endpoint: server.endpoint, region: REGION, ...CREDENTIALS });
  });
  afterEach(async () => {
    store.close();
    await server.close();
  });

  it("reads the beginning of an object, also of a shorter one", async () => {
    await store.write("a", "0123456789");
    equal(await store.readHead("a", 4), "0123");
    equal(await store.readHead("a", 100), "0123456789");
    equal(await store.readHead("b", 4), undefined);
  });

  it("counts of which objects versions are gone", async () => {
    await store.write("a", "1");
    const keys = new Set(["a", "b"]);
    deepEqual(await store.removeVersions(keys, () => true), { objects: 0, versions: 0 });
    deepEqual(await store.removeVersions(keys, () => false), { objects: 1, versions: 1 });
    equal(await store.has("a"), false);
  });

  it("does not take a version for gone that S3 keeps", async () => {
    await store.write("a", "1");
    const [answer] = server.server.listeners("request");
    server.server.removeListener("request", answer as () => void);
    server.server.on("request", (request: IncomingMessage, response: ServerResponse) => {
      if (request.method === "POST") response.writeHead(200, { "content-type": "application/xml" }).end(REFUSED);
      else (answer as (request: IncomingMessage, response: ServerResponse) => void)(request, response);
    });
    await rejects(
      store.removeVersions(new Set(["a"]), () => false),
      /a could not be removed: AccessDenied no/,
    );
    await rejects(store.remove(["a"]), /a could not be removed: AccessDenied no/);
  });
});
