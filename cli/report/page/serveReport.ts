import type { LocalPlane } from "../../local/localPlane";
import { servedPolicy } from "./contentSecurityPolicy";

/** Path of the page on the plane. No bucket can have such a name. */
export const REPORT_PATH = "/_report";

/** Serves the page of a run on its own path of the plane, to whoever reads from this machine: it has no secrets. */
export function serveReport(plane: LocalPlane, page: string): void {
  const body = Buffer.from(page);
  plane.route(REPORT_PATH, async (request, response, rest) => {
    request.resume();
    if (!/^\/?(\?.*)?$/.test(rest)) {
      response
        .writeHead(404, { "content-type": "text/plain; charset=utf-8" })
        .end(`Not here; the report is ${REPORT_PATH}.\n`);
      return;
    }
    if (request.method !== "GET" && request.method !== "HEAD") {
      response
        .writeHead(405, { allow: "GET, HEAD", "content-type": "text/plain; charset=utf-8" })
        .end("Allowed: GET, HEAD.\n");
      return;
    }
    response.writeHead(200, {
      "content-type": "text/html; charset=utf-8",
      "content-length": body.length,
      "content-security-policy": servedPolicy(),
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": "no-store",
    });
    response.end(request.method === "HEAD" ? undefined : body);
  });
}
