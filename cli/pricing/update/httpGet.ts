import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { connect as tlsConnect } from "node:tls";

/** Seconds without a byte after which a server counts as gone. */
const SILENCE_MS = 60_000;

/**
 * Asks for an address, through the proxy that HTTPS_PROXY or HTTP_PROXY names unless NO_PROXY excepts the host. The answer
 * is returned whatever its status.
 */
export async function httpGet(url: URL, headers: Readonly<Record<string, string>> = {}): Promise<IncomingMessage> {
  const proxy = proxyFor(url, process.env);
  if (proxy === undefined) {
    return answer((url.protocol === "https:" ? httpsRequest : httpRequest)(url, { headers, timeout: SILENCE_MS }));
  }
  const authorization = credentials(proxy);
  if (url.protocol === "http:") {
    const options = { host: proxy.hostname, port: proxy.port || 80, path: url.href, timeout: SILENCE_MS };
    return answer(httpRequest({ ...options, headers: { ...headers, ...authorization, host: url.host } }));
  }
  const target = `${url.hostname}:${url.port || 443}`;
  const tunnel = httpRequest({
    host: proxy.hostname,
    port: proxy.port || 80,
    method: "CONNECT",
    path: target,
    headers: { host: target, ...authorization },
    timeout: SILENCE_MS,
  });
  const socket = await new Promise<import("node:net").Socket>((resolve, reject) => {
    tunnel.on("connect", ({ statusCode }, connected) => {
      if (statusCode === 200) resolve(connected);
      else reject(new Error(`the proxy ${proxy.host} answers ${statusCode} to CONNECT ${target}`));
    });
    tunnel.on("timeout", () => tunnel.destroy(new Error(`the proxy ${proxy.host} does not answer`)));
    tunnel.on("error", reject);
    tunnel.end();
  });
  // Only without an agent, even one that is false, does Node.js take the connection that it is given.
  const createConnection = () => tlsConnect({ socket, servername: url.hostname });
  return answer(httpsRequest(url, { headers, createConnection, defaultPort: 443, timeout: SILENCE_MS }));
}

function answer(request: ReturnType<typeof httpRequest>): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.on("response", resolve);
    request.on("timeout", () => request.destroy(new Error("the server does not answer")));
    request.on("error", reject);
    request.end();
  });
}

/** The proxy for an address; undefined when it is asked directly. */
export function proxyFor(url: URL, environment: NodeJS.ProcessEnv): URL | undefined {
  const names = url.protocol === "https:" ? ["HTTPS_PROXY", "https_proxy"] : ["http_proxy", "HTTP_PROXY"];
  const named = [...names, "ALL_PROXY", "all_proxy"].map((name) => environment[name]).find((value) => value);
  if (named === undefined) return undefined;
  const excepted = (environment["NO_PROXY"] ?? environment["no_proxy"] ?? "").split(",").map((host) => host.trim());
  const direct = excepted.some((host) => {
    if (host === "*") return true;
    const suffix = host.replace(/^\*?\./, "");
    return suffix !== "" && (url.hostname === suffix || url.hostname.endsWith(`.${suffix}`));
  });
  return direct ? undefined : new URL(named.includes("://") ? named : `http://${named}`);
}

function credentials({ username, password }: URL): Readonly<Record<string, string>> {
  if (username === "") return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(pair).toString("base64")}` };
}
