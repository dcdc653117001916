import { deepEqual, equal, match, ok } from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { XMLParser } from "fast-xml-parser";
import { CONFORM_CHECKS } from "../../../cli/conform/checks";
import { conformTable } from "../../../cli/report/conformTable";
import { BODY, FakeContainer, MODEL } from "../conform/fakeContainer";
import { REPOSITORY } from "../local/handmadePlane";
import { callCommand } from "./callCommand";
import { runCommand } from "./runCommand";

describe("frugal-ml conform", function () {
  this.timeout(120_000);
  let good: FakeContainer;
  let bad: FakeContainer;
  const all = ["--multi-model", "--model", MODEL, "--invoke", BODY];

  before(async () => {
    good = await FakeContainer.start();
    // It loads again what is loaded, and drops custom attributes.
    bad = await FakeContainer.start(async ({ method, path: route }, answer) => {
      const { status, ...told } = await answer();
      if (method === "POST" && route === "/models" && status === 409) return { status: 200 };
      return { ...told, status, headers: {} };
    });
  });
  after(async () => {
    await good.stop();
    await bad.stop();
  });

  it("exits with 0 where every must holds, and reports by groups", async () => {
    const { exitCode, stdout } = await runCommand(["conform", good.url.href, ...all]);
    equal(exitCode, 0, stdout);
    match(stdout, /^Health\n {2}✓ must {3}ping-200: GET \/ping answers 200/);
    match(stdout, /Skipped\n {2}- needs the type of the answer; give --accept TYPE \(1 check\): invoke-accept/);
    match(
      stdout,
      /\nconforms: http:\S+ \(multi-model\), must: 28 passed, 0 failed; should: 18 passed, 0 failed; 2 skipped/,
    );
  });

  it("exits with 1 where one does not, and shows what was asked, sent and found", async () => {
    const { exitCode, stdout } = await callCommand(["conform", bad.url.href, ...all]);
    equal(exitCode, 1);
    match(
      stdout,
      /✗ must {3}load-again-409: .* answers 409 .*\n {6}found: status 200; allowed: 409\n {6}sent: POST \/models \(application\/json\) \{"model_name":"[0-9a-f]{32}","url":"[^"]+"\}\n {6}came: 200 with an empty body \(\d+ ms\)\n {6}https:\/\/docs\.aws\.amazon\.com\/sagemaker\/latest\/dg\/mms-container-apis\.html/,
    );
    match(stdout, /\ndoes not conform: .*must: 27 passed, 1 failed; should: 16 passed, 2 failed/);
  });

  it("writes JSON and JUnit", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "frugal-ml-conform-"));
    try {
      const file = path.join(folder, "conform.xml");
      const written = await callCommand(["conform", bad.url.href, ...all, "--format", "junit", "--out", file]);
      equal(written.exitCode, 1);
      match(written.stdout, /^does not conform: .*\n$/);
      const parser = new XMLParser({
        ignoreAttributes: false,
        attributeNamePrefix: "",
        isArray: (name) => name === "testcase",
      });
      const { testsuites } = parser.parse(await readFile(file, "utf8"));
      const cases: readonly Record<string, unknown>[] = testsuites.testsuite.flatMap(
        ({ testcase }: { readonly testcase: readonly Record<string, unknown>[] }) => testcase,
      );
      deepEqual(new Set(cases.map(({ name }) => name)), new Set(CONFORM_CHECKS.map(({ id }) => id)));
      deepEqual(
        cases.filter(({ failure }) => failure !== undefined).map(({ name }) => name),
        ["load-again-409"],
      );
      const { stdout } = await callCommand(["conform", good.url.href, "--invoke", BODY, "--format", "json"]);
      const result = JSON.parse(stdout);
      deepEqual([result.ok, result.mode, result.verdicts.length], [true, "single-model", CONFORM_CHECKS.length]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it("exits with 2 where there is nothing to judge", async () => {
    const nobody = await FakeContainer.start();
    const gone = nobody.url.href;
    await nobody.stop();
    for (const [args, told] of [
      [[gone], /NoServer: .*ECONNREFUSED[\s\S]*docker run --rm -p 8080:8080/],
      [["localhost:8080"], /Allowed: http:\/\/<host>:<port>/],
      [[good.url.href, "--model", MODEL], /BadUsage: .*give --multi-model/],
      [[good.url.href, "--invoke", "@no/such/file"], /BadUsage: --invoke: no\/such\/file cannot be read/],
      [[good.url.href, "--timeout", "0"], /Allowed: a number above 0/],
    ] as const) {
      const { exitCode, stderr } = await callCommand(["conform", ...args]);
      match(stderr, told);
      equal(exitCode, 2, stderr);
    }
  });

  it("documents its checks as they are", async () => {
    const page = await readFile(path.join(REPOSITORY, "docs", "conform.md"), "utf8");
    ok(page.includes(`\n${conformTable()}\n`), "docs/conform.md has another table than conformTable()");
  });
});
