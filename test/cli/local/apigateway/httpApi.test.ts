import { deepEqual, equal, match } from "node:assert/strict";
import http from "node:http";
import * as z from "zod";
import { signedFetch } from "../../../../cli/job/signedFetch";
import type { LocalPlane } from "../../../../cli/local/localPlane";
import type { GraphObject, GraphValue } from "../../../../contracts/graph";
import { type HandmadeStack, handmadePlane } from "../handmadePlane";
import { TokenIssuer } from "./tokenIssuer";

const CODE = `
exports.handler = async (event) => {
  switch (event.queryStringParameters?.do) {
    case "described": return { statusCode: 201, headers: { "x-kind": "mine" }, cookies: ["a=1", "b=2"], body: "aGVsbG8=", isBase64Encoded: true };
    case "plain": return { labels: ["cat"] };
    case "invalid": return { statusCode: "many" };
    case "throws": throw new Error("on purpose");
    case "dies": process.exit(1);
    case "hangs": return new Promise((resolve) => setTimeout(resolve, 60_000));
    case "large": return { statusCode: 200, body: "x".repeat(6 * 1024 * 1024) };
    default: return event;
  }
};`;

const ECHO =
  "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:echo/invocations";

const Event = z.looseObject({
  routeKey: z.string(),
  rawPath: z.string(),
  queryStringParameters: z.record(z.string(), z.string()).optional(),
  pathParameters: z.record(z.string(), z.string()).optional(),
  cookies: z.array(z.string()).optional(),
  body: z.string().optional(),
  isBase64Encoded: z.boolean(),
  requestContext: z.looseObject({ stage: z.string(), apiId: z.string(), authorizer: z.unknown().optional() }),
});

/** An API over a function, with these routes and one stage. */
function api(
  stack: HandmadeStack,
  name: string,
  routes: readonly GraphObject[],
  settings: GraphObject = {},
  integrationUri: GraphValue = ECHO,
  issuer = "https://127.0.0.1:1/nobody",
): void {
  stack.add("aws:apigatewayv2/api:Api", name, { protocolType: "HTTP" });
  stack.add("aws:apigatewayv2/authorizer:Authorizer", `${name}-authorizer`, {
    apiId: name,
    authorizerType: "JWT",
    identitySources: ["$request.header.Authorization"],
    jwtConfiguration: { issuer, audiences: ["app"] },
  });
  stack.add("aws:apigatewayv2/integration:Integration", `${name}-integration`, {
    apiId: name,
    integrationType: "AWS_PROXY",
    integrationUri,
    payloadFormatVersion: "2.0",
    // One that waits no longer than it must be waited for.
    ...(name === "impatient" && { timeoutMilliseconds: 500 }),
  });
  routes.forEach((route, index) => {
    const target = `integrations/${name}-integration`;
    stack.add("aws:apigatewayv2/route:Route", `${name}-${index}`, { apiId: name, target, ...route });
  });
  stack.add("aws:apigatewayv2/stage:Stage", `${name}-stage`, { apiId: name, name: "$default", ...settings });
}

describe("cli/local/apigateway/httpApi", () => {
  let plane: LocalPlane;
  let issuer: TokenIssuer;

  before(async () => {
    issuer = await TokenIssuer.start();
    plane = await handmadePlane(async (stack) => {
      await stack.lambda("echo", CODE, { memorySize: 256, timeout: 10 });
      api(stack, "open", [{ routeKey: "GET /" }, { routeKey: "POST /" }, { routeKey: "PUT /pets/{id}" }]);
      const alias = stack.add("aws:lambda/alias:Alias", "live", { functionName: "echo", name: "live" });
      api(stack, "aliased", [{ routeKey: "ANY /{proxy+}" }], {}, alias.outputs?.["invokeArn"]);
      api(stack, "impatient", [{ routeKey: "GET /" }]);
      api(stack, "signed", [{ routeKey: "POST /", authorizationType: "AWS_IAM" }]);
      api(stack, "slow", [{ routeKey: "GET /" }], {
        defaultRouteSettings: { throttlingRateLimit: 0.001, throttlingBurstLimit: 2 },
      });
      api(stack, "staged", [{ routeKey: "GET /pets" }], { name: "dev" });
      api(stack, "tokens", [{ routeKey: "GET /", authorizationType: "JWT", authorizerId: "tokens-authorizer" }]);
      const guarded = { routeKey: "GET /", authorizationType: "JWT", authorizerId: "guarded-authorizer" };
      api(stack, "guarded", [guarded], {}, ECHO, issuer.address);
      const scoped = { routeKey: "PUT /", authorizationType: "JWT", authorizerId: "tokens-authorizer" };
      stack.add("aws:apigatewayv2/route:Route", "scoped", {
        ...scoped,
        apiId: "tokens",
        target: "integrations/tokens-integration",
        authorizationScopes: ["write"],
      });
      stack.add("aws:apigatewayv2/api:Api", "socket", { protocolType: "WEBSOCKET" });
    });
  });

  after(async () => {
    issuer.stop();
    await plane?.stop();
  });

  const urlOf = (name: string, rest = ""): string => `${plane.cloud.endpoint}/_apis/${name}/${rest}`;
  const ask = (name: string, rest = "", init?: RequestInit): Promise<Response> => fetch(urlOf(name, rest), init);
  const signed = (rest: string, request: object, manifest = plane.manifest()) =>
    signedFetch(urlOf("signed", rest), manifest, { service: "execute-api", method: "POST", ...request });

  it("is told of in the manifest, and says which kinds of API do not run here", () => {
    deepEqual(plane.skipped, [
      "scoped: authorizationScopes are not checked here",
      "socket: WEBSOCKET APIs do not run here; HTTP APIs do",
    ]);
    deepEqual(
      plane.manifest().apis.map(({ name, url }) => [name, url]),
      ["open", "aliased", "impatient", "signed", "slow", "staged", "tokens", "guarded"].map((name) => [
        name,
        urlOf(name),
      ]),
    );
  });

  it("hands over an event of payload format 2.0: text as text, anything else as base64", async () => {
    const headers = { "content-type": "application/json; charset=utf-8", cookie: "a=1; b=2" };
    const text = Event.parse(
      await (await ask("open", "?a=1&a=2&b=", { method: "POST", body: '{"ü":1}', headers })).json(),
    );
    deepEqual(
      [text.routeKey, text.rawPath, text.queryStringParameters, text.cookies, text.body, text.isBase64Encoded],
      ["POST /", "/", { a: "1,2", b: "" }, ["a=1", "b=2"], '{"ü":1}', false],
    );
    const body = Buffer.from([0x89, 0x50, 0x00, 0xff]);
    const init = { method: "PUT", body, headers: { "content-type": "image/png" } };
    const binary = Event.parse(await (await ask("open", "pets/7", init)).json());
    deepEqual(
      [binary.routeKey, binary.rawPath, binary.pathParameters, binary.body, binary.isBase64Encoded],
      ["PUT /pets/{id}", "/pets/7", { id: "7" }, body.toString("base64"), true],
    );
    const { requestContext, ...rest } = Event.parse(await (await ask("open")).json());
    deepEqual([requestContext.stage, requestContext.apiId, requestContext.authorizer], ["$default", "open", undefined]);
    deepEqual([rest.body, rest.queryStringParameters, rest.isBase64Encoded], [undefined, undefined, false]);
  });

  it("reaches a function through its alias, too", async () => {
    const event = Event.parse(await (await ask("aliased", "a/b%20c", { method: "PATCH" })).json());
    deepEqual(
      [event.routeKey, event.pathParameters, event.rawPath],
      ["ANY /{proxy+}", { proxy: "a/b%20c" }, "/a/b%20c"],
    );
  });

  it("answers as the function describes it, or its result as JSON", async () => {
    const described = await ask("open", "?do=described");
    deepEqual(
      [described.status, described.headers.get("x-kind"), described.headers.getSetCookie(), await described.text()],
      [201, "mine", ["a=1", "b=2"], "hello"],
    );
    match(described.headers.get("apigw-requestid") ?? "", /^[0-9a-f-]{36}$/);
    const plain = await ask("open", "?do=plain");
    deepEqual(
      [plain.status, plain.headers.get("content-type"), await plain.json()],
      [200, "application/json", { labels: ["cat"] }],
    );
  });

  it("answers routes and methods that it has not with 404", async () => {
    for (const [method, rest] of [
      ["DELETE", ""],
      ["OPTIONS", ""],
      ["GET", "pets/7"],
      ["PUT", "pets/7/toys"],
    ] as const) {
      const answer = await ask("open", rest, { method });
      equal(answer.status, 404, `${method} ${rest}`);
    }
    const answer = await ask("open", "nowhere");
    deepEqual(
      [answer.headers.get("content-type"), await answer.json()],
      ["application/json", { message: "Not Found" }],
    );
  });

  it("has the stage's name before the path of any other than $default", async () => {
    const event = Event.parse(await (await ask("staged", "dev/pets")).json());
    deepEqual([event.rawPath, event.routeKey, event.requestContext.stage], ["/dev/pets", "GET /pets", "dev"]);
    equal((await ask("staged", "pets")).status, 404);
  });

  it("takes requests that are signed for execute-api, and none other", async () => {
    const picture = Buffer.from([0xff, 0xd8, 0x00]).toString("latin1");
    const answer = await signed("?a=b%20c", { body: picture });
    const event = Event.parse(await answer.json());
    deepEqual([answer.status, event.queryStringParameters], [200, { a: "b c" }]);
    const manifest = plane.manifest();
    deepEqual(event.requestContext.authorizer, {
      iam: { accountId: "123456789012", accessKey: manifest.accessKeyId, callerId: null },
    });
    const refused = {
      unsigned: await ask("signed", "", { method: "POST" }),
      "other service": await signed("", { service: "lambda" }),
      "other Region": await signed("", {}, { ...manifest, region: "eu-west-1" }),
      "other key": await signed("", {}, { ...manifest, secretAccessKey: "guessed" }),
      "other account": await signed("", {}, { ...manifest, accessKeyId: "AKIAGUESSED" }),
      "an address that cannot be read": await signed("?a=%zz", {}),
      "a header that is none": await ask("signed", "", { method: "POST", headers: { authorization: "AWS4 please" } }),
    };
    for (const [why, { status, ...response }] of Object.entries(refused)) equal(status, 403, `${why} ${response}`);
    deepEqual(await refused.unsigned.json(), { message: "Forbidden" });
  });

  it("refuses a body that is not the signed one, unless the signature says that it covers none", async () => {
    const original = globalThis.fetch;
    const headers = { "x-amz-content-sha256": "UNSIGNED-PAYLOAD" };
    try {
      globalThis.fetch = (url, init) => original(url, { ...init, body: "another body" });
      equal((await signed("", { body: "the signed one" })).status, 403);
      equal((await signed("", { body: "any", headers })).status, 200);
    } finally {
      globalThis.fetch = original;
    }
  });

  it("refuses every token while it has no way to the issuer", async () => {
    for (const headers of [undefined, { authorization: "Bearer a.b.c" }]) {
      const answer = await ask("tokens", "", headers && { headers });
      deepEqual([answer.status, await answer.json()], [401, { message: "Unauthorized" }]);
    }
  });

  it("takes a token of its issuer, and tells the function what it claims", async () => {
    const claims = { iss: issuer.address, aud: "app", exp: 4_102_444_800, sub: "ada" };
    const answer = await ask("guarded", "", { headers: { authorization: `Bearer ${issuer.token(claims)}` } });
    equal(answer.status, 200);
    const event = Event.parse(await answer.json());
    deepEqual(event.requestContext.authorizer, { jwt: { claims, scopes: null } });
    const foreign = { headers: { authorization: `Bearer ${issuer.token({ ...claims, aud: "another" })}` } };
    equal((await ask("guarded", "", foreign)).status, 401);
    equal((await ask("guarded")).status, 401);
  });

  it("lets no more through than its stage's rate and burst", async () => {
    const statuses = [await ask("slow"), await ask("slow"), await ask("slow")].map(({ status }) => status);
    deepEqual(statuses, [200, 200, 429]);
    deepEqual(await (await ask("slow")).json(), { message: "Too Many Requests" });
  });

  it("answers a function's failures with its own errors, and serves the next request", async () => {
    for (const [what, status, message, name = "open"] of [
      ["throws", 500, "Internal Server Error"],
      ["dies", 500, "Internal Server Error"],
      ["invalid", 500, "Internal Server Error"],
      ["large", 500, "Internal Server Error"],
      ["hangs", 503, "Service Unavailable", "impatient"],
    ] as const) {
      const answer = await ask(name, `?do=${what}`);
      deepEqual([answer.status, await answer.json()], [status, { message }], what);
      // What went wrong is the log's to say, not the caller's to read.
      equal((await ask("open", "?do=plain")).status, 200, `after ${what}`);
    }
    match(plane.recentLog.join("\n"), /open: Internal Server Error: on purpose/);
  });

  it("refuses bodies of more than 10 MB with 413, also those that do not say how long they are", async () => {
    const tooLarge = Buffer.alloc(10 * 1024 * 1024 + 1);
    equal((await ask("open", "", { method: "POST", body: tooLarge })).status, 413);
    equal(await chunked(urlOf("open"), tooLarge), 413);
  });

  it("refuses with 413 what Lambda would not take as an event: base64 makes four bytes of three", async () => {
    const headers = { "content-type": "image/png" };
    const fits = await ask("open", "?do=plain", { method: "POST", body: Buffer.alloc(4_700_000), headers });
    equal(fits.status, 200);
    const answer = await ask("open", "?do=plain", { method: "POST", body: Buffer.alloc(4_719_000), headers });
    deepEqual([answer.status, await answer.json()], [413, { message: "Request Entity Too Large" }]);
  });
});

/** Status of a POST whose body is sent in chunks, without its length. */
function chunked(url: string, body: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method: "POST" }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    // The gateway may close before all is sent; what counts is its answer.
    request.once("error", reject);
    for (let at = 0; at < body.length; at += 1 << 20) request.write(body.subarray(at, at + (1 << 20)));
    request.end();
  });
}
