import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { LocalPlane } from "../../../../cli/local/localPlane";
import { reportPage } from "../../../../cli/report/page/reportPage";
import { serveReport } from "../../../../cli/report/page/serveReport";
import { REPOSITORY } from "../../local/handmadePlane";
import { reportOf } from "./handmadeReport";

describe("the report on the plane", () => {
  let plane: LocalPlane;
  const page = reportPage(reportOf("it"));

  before(async () => {
    plane = await LocalPlane.listen({ port: 0, region: "us-east-1", program: REPOSITORY });
    serveReport(plane, page);
  });

  after(() => plane.stop());

  const ask = (path: string, method = "GET") => fetch(`${plane.cloud.endpoint}${path}`, { method });

  it("is at /_report, whole, as HTML that may load and run nothing but its own style and pictures", async () => {
    for (const path of ["/_report", "/_report/", "/_report?x=1"]) {
      const answer = await ask(path);
      assert.equal(answer.status, 200);
      assert.equal(await answer.text(), page);
      const type = answer.headers.get("content-type");
      assert.equal(type, "text/html; charset=utf-8");
      assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
      assert.equal(answer.headers.get("cache-control"), "no-store");
      const style = /<style>([\s\S]*)<\/style>/.exec(page)?.[1] ?? "";
      const hash = createHash("sha256").update(style).digest("base64");
      assert.equal(
        answer.headers.get("content-security-policy"),
        `default-src 'none'; img-src data:; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      );
    }
  });

  it("answers HEAD without the page, and refuses what would change something", async () => {
    const head = await ask("/_report", "HEAD");
    assert.deepEqual(
      [head.status, head.headers.get("content-length"), await head.text()],
      [200, `${Buffer.byteLength(page)}`, ""],
    );
    const put = await ask("/_report", "PUT");
    assert.deepEqual([put.status, put.headers.get("allow")], [405, "GET, HEAD"]);
  });

  it("is nowhere else", async () => {
    for (const path of ["/_report/x", "/_reports", "/_report/..%2f_health"])
      assert.equal((await ask(path)).status, 404, path);
    assert.notEqual((await ask("/report.html")).status, 200);
  });
});
