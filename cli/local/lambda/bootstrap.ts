/*
 * The runtime inside a function's process: fetches events from the Lambda Runtime API, calls the handler, posts what
 * it answers (docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html). The handler is unmodified.
 */
import dns from "node:dns";
import { existsSync } from "node:fs";
import http from "node:http";
import path from "node:path";
import { PassThrough, type Writable } from "node:stream";
import { pathToFileURL } from "node:url";

const API = "/2018-06-01/runtime";
/** Separates the metadata of a streamed HTTP answer from its body, as Lambda's own runtime does. */
const PRELUDE_END = Buffer.alloc(8);
const HTTP_INTEGRATION = "application/vnd.awslambda.http-integration-response";

interface Context {
  readonly awsRequestId: string;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  readonly memoryLimitInMB: string;
  getRemainingTimeInMillis(): number;
}

type BufferedHandler = (event: unknown, context: Context) => unknown;
type StreamingHandler = (event: unknown, response: Writable, context: Context) => Promise<void>;

const STREAMING = Symbol("streaming");
type Handler = (BufferedHandler & { [STREAMING]?: undefined }) | (StreamingHandler & { [STREAMING]: true });

/** A response stream; what kind of answer it carries is known before its first byte. */
class ResponseStream extends PassThrough {
  contentType = "application/octet-stream";

  setContentType(type: string): void {
    this.contentType = type;
  }
}

Object.assign(globalThis, {
  awslambda: {
    streamifyResponse: (handler: StreamingHandler) => Object.assign(handler, { [STREAMING]: true }),
    HttpResponseStream: {
      from(stream: ResponseStream, metadata: object): Writable {
        stream.setContentType(HTTP_INTEGRATION);
        stream.write(JSON.stringify(metadata));
        stream.write(PRELUDE_END);
        return stream;
      },
    },
  },
});

const agent = new http.Agent({ keepAlive: true, maxSockets: 2 });

resolveLocalhost();
void main();

/** SDKs put the bucket or the route before the endpoint's host; every name under localhost is this machine. */
function resolveLocalhost(): void {
  const original = dns.lookup;
  const isLocal = (name: unknown): boolean => typeof name === "string" && /(^|\.)localhost$/i.test(name);
  const lookup = (name: string, ...rest: unknown[]): unknown =>
    Reflect.apply(original, dns, [isLocal(name) ? "127.0.0.1" : name, ...rest]);
  dns.lookup = Object.assign(lookup, original) as typeof dns.lookup;
}

async function main(): Promise<void> {
  let handler: Handler;
  try {
    handler = await load();
  } catch (error) {
    await post(`${API}/init/error`, errorBody(error));
    process.exit(1);
  }
  for (;;) {
    const next = await request("GET", `${API}/invocation/next`, usage());
    const id = String(next.headers["lambda-runtime-aws-request-id"]);
    const deadline = Number(next.headers["lambda-runtime-deadline-ms"]);
    await invoke(handler, JSON.parse(next.body.toString("utf8")), contextOf(id, deadline, next.headers));
  }
}

/** What an ES module awaits at its top counts as initialisation, as with Lambda. */
async function load(): Promise<Handler> {
  const [, file = "index", exported = "handler"] = /^(.*)\.([^.]+)$/.exec(process.env["_HANDLER"] ?? "") ?? [];
  const stem = path.join(process.env["LAMBDA_TASK_ROOT"] ?? ".", file);
  const isModule = !existsSync(`${stem}.js`) && existsSync(`${stem}.mjs`);
  const module: Record<string, unknown> = isModule ? await import(pathToFileURL(`${stem}.mjs`).href) : require(stem);
  const handler = module[exported];
  if (typeof handler !== "function") throw new TypeError(`${file}.${exported} is not a function`);
  return handler as Handler;
}

async function invoke(handler: Handler, event: unknown, context: Context): Promise<void> {
  const { awsRequestId: id } = context;
  if (!handler[STREAMING]) {
    try {
      const result = await handler(event, context);
      await post(`${API}/invocation/${id}/response`, Buffer.from(JSON.stringify(result ?? null)));
    } catch (error) {
      await post(`${API}/invocation/${id}/error`, errorBody(error));
    }
    return;
  }
  const stream = new ResponseStream();
  let posted: Promise<unknown> | undefined;
  // The post begins with the first byte, since only then the kind of answer is known.
  stream.once("readable", () => {
    posted = postStream(`${API}/invocation/${id}/response`, stream);
    posted.catch(() => undefined);
  });
  try {
    await handler(event, stream, context);
    if (!stream.writableEnded) stream.end();
    await posted;
  } catch (error) {
    stream.destroy();
    await post(`${API}/invocation/${id}/error`, errorBody(error));
  }
}

function contextOf(id: string, deadline: number, headers: http.IncomingHttpHeaders): Context {
  return {
    awsRequestId: id,
    functionName: process.env["AWS_LAMBDA_FUNCTION_NAME"] ?? "",
    functionVersion: process.env["AWS_LAMBDA_FUNCTION_VERSION"] ?? "$LATEST",
    invokedFunctionArn: String(headers["lambda-runtime-invoked-function-arn"] ?? ""),
    memoryLimitInMB: process.env["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] ?? "",
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

/** What the process has used so far; the plane reports it, Lambda's own API ignores it. */
function usage(): Record<string, string> {
  const { user, system } = process.cpuUsage();
  return {
    "x-frugal-ml-cpu-micros": String(user + system),
    "x-frugal-ml-rss-bytes": String(process.memoryUsage.rss()),
  };
}

function errorBody(error: unknown): Buffer {
  const known = error instanceof Error ? error : new Error(String(error));
  const stackTrace = (known.stack ?? "")
    .split("\n")
    .slice(1)
    .map((line) => line.trim());
  return Buffer.from(JSON.stringify({ errorType: known.name, errorMessage: known.message, stackTrace }));
}

interface Answer {
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

function open(method: string, route: string, headers: Record<string, string>, done: (answer: Answer) => void) {
  const [host = "127.0.0.1", port = "0"] = (process.env["AWS_LAMBDA_RUNTIME_API"] ?? "").split(":");
  return http.request({ agent, host, port, method, path: route, headers }, (response) => {
    const chunks: Buffer[] = [];
    response.on("data", (chunk: Buffer) => chunks.push(chunk));
    response.on("end", () => done({ headers: response.headers, body: Buffer.concat(chunks) }));
  });
}

function request(method: string, route: string, headers: Record<string, string>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    // The plane is gone: there is nothing left to work for.
    open(method, route, headers, resolve)
      .on("error", () => process.exit(0))
      .on("close", reject)
      .end();
  });
}

function post(route: string, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", "content-length": String(body.length) };
    open("POST", route, headers, resolve).on("error", reject).end(body);
  });
}

function postStream(route: string, stream: ResponseStream): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": stream.contentType, "lambda-runtime-function-response-mode": "streaming" };
    const sent = open("POST", route, headers, resolve).on("error", reject);
    // A handler that throws midway must not look like one that finished.
    stream.once("close", () => stream.readableEnded || sent.destroy());
    stream.pipe(sent);
  });
}
