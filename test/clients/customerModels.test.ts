import { equal, match, rejects, throws } from "node:assert/strict";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { CustomerModels, type CustomerModelsOptions, ResolveError } from "../../clients/node/customerModels";
import { pointerObjectKey, targetModel } from "../../contracts/modelKeys";
import { pointerText } from "../../fleet/pointers";
import { CREDENTIALS, startTestServer, type TestServer } from "../cli/local/s3/testServer";

const BUCKET = "fleet";
const PREFIX = "forecast/pointers/";
const CUSTOMERS = ["42", "a/../b", "Zürich *", "株式会社"];

describe("clients/node, customers' models", () => {
  let server: TestServer;
  let client: S3Client;
  const models = (options: Partial<CustomerModelsOptions> = {}): CustomerModels =>
    new CustomerModels({ pointersUri: `s3://${BUCKET}/${PREFIX}`, client, ...options });
  const put = (customer: string, Body: string): Promise<unknown> =>
    client.send(new PutObjectCommand({ Bucket: BUCKET, Key: pointerObjectKey(PREFIX, customer), Body }));
  const point = (customer: string, version: string): Promise<unknown> =>
    put(customer, pointerText(customer, targetModel({ version, customer }), false));
  const code = (wanted: string, pattern: RegExp) => (error: unknown) => {
    match(String(error), pattern);
    equal(error instanceof ResolveError && error.code, wanted);
    return true;
  };

  before(async () => {
    server = await startTestServer();
    client = server.client();
    await server.store.createBucket(BUCKET);
    for (const customer of CUSTOMERS) await point(customer, "v1");
  });
  after(() => server?.close());

  it("tells the target model that the pointer names, whatever is in the id", async () => {
    for (const customer of CUSTOMERS) {
      equal(await models().resolveModel(customer), targetModel({ version: "v1", customer }));
    }
  });

  it("sees a moved pointer at once, and with an age when that is over", async () => {
    const { now } = performance;
    // A clock that stands still until it is put forward: a busy machine takes its time between two requests.
    let clock = Math.round(now.call(performance));
    performance.now = () => clock;
    try {
      const [always, aged] = [models(), models({ maxAgeSeconds: 0.2 })];
      await point("moving", "v1");
      for (const one of [always, aged]) equal(await one.resolveModel("moving"), "v1/moving.tar.gz");
      await point("moving", "v2");
      clock += 199;
      equal(await always.resolveModel("moving"), "v2/moving.tar.gz");
      equal(await aged.resolveModel("moving"), "v1/moving.tar.gz");
      clock += 1;
      equal(await aged.resolveModel("moving"), "v2/moving.tar.gz");
    } finally {
      performance.now = now;
    }
  });

  it("refuses customers that have no pointer, and ids that cannot be one", async () => {
    await rejects(models().resolveModel("nobody"), code("UnknownCustomer", /"nobody" has no pointer/));
    for (const id of ["", "\ud800", "x".repeat(201)])
      await rejects(models().resolveModel(id), code("InvalidCustomer", /allowed: well-formed text/));
  });

  it("refuses a pointer that is no pointer, or another customer's", async () => {
    const broken = [
      "",
      "{",
      "[]",
      '{"customer":"bad"}',
      '{"customer":"bad","targetModel":7}',
      '{"customer":"bad","targetModel":"bad.tar.gz"}',
      '{"customer":"bad","targetModel":"../v1/bad.tar.gz"}',
      pointerText("other", "v1/other.tar.gz", false),
      '{"customer":"bad","targetModel":"v1/other.tar.gz"}',
    ];
    for (const text of broken) {
      await put("bad", text);
      await rejects(models().resolveModel("bad"), code("MalformedPointer", /the pointer of "bad" is/));
    }
  });

  it("says when access is denied, and when nothing could be read", async () => {
    const refusing = http.createServer((_request, response) => {
      response.writeHead(403, { "content-type": "application/xml" });
      response.end("<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>");
    });
    await new Promise<void>((resolve) => refusing.listen(0, "127.0.0.1", resolve));
    const { port } = refusing.address() as AddressInfo;
    const at = (endpoint: string): CustomerModels => models({ client: server.client({ endpoint }) });
    await rejects(
      at(`http://127.0.0.1:${port}`).resolveModel("42"),
      code("AccessDenied", /AccessDenied: .*Access Denied/),
    );
    refusing.closeAllConnections();
    await new Promise((resolve) => refusing.close(resolve));
    await rejects(at(`http://127.0.0.1:${port}`).resolveModel("42"), code("ReadFailed", /ECONNREFUSED/));
    const elsewhere = models({ pointersUri: "s3://no-such-bucket/pointers/" });
    await rejects(elsewhere.resolveModel("42"), code("ReadFailed", /NoSuchBucket/));
  });

  it("finds an endpoint of one's own in the environment", async () => {
    const given = {
      AWS_ENDPOINT_URL_S3: server.endpoint,
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    };
    const before = Object.keys(given).map((name) => [name, process.env[name]] as const);
    Object.assign(process.env, given);
    try {
      const own = new CustomerModels({ pointersUri: `s3://${BUCKET}/${PREFIX}`, region: "us-east-1" });
      equal(await own.resolveModel("42"), "v1/42.tar.gz");
      own.close();
    } finally {
      for (const [name, value] of before) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
  });

  it("refuses an address that is no folder in S3", () => {
    for (const pointersUri of ["pointers/", "s3://bucket/pointers", "https://bucket/pointers/"])
      throws(() => models({ pointersUri }), /allowed: /);
  });
});
