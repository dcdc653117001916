import { deepEqual, equal, match, ok } from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { bundleModule } from "../../cli/bundle/bundleModule";
import { recordedOutputs } from "../components/recordedOutputs";
import { codeBlocks, pages, ROOT } from "./markdown";
import { runSnippets } from "./snippetRun";

/** Files that the pages' programs have beside themselves. */
const FILES = {
  "animals.json": "examples/classifier/labels.json",
  "animals.onnx": "examples/classifier/model.onnx",
  "dist/models/newcomers.tar.gz": "test/components/fixtures/pooled.tar.gz",
};

const TRANSFORMATION = "0123456789ab";
const POINTER = JSON.stringify({ customer: "42", targetModel: "951ms60b0dkf/42.tar.gz" });
const LISTING =
  "<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>train/cat.jpg</Key></Contents></ListBucketResult>";

/** What the pages' readers are answered: a listing, a picture, a pointer, a forecast. */
function answer({ method, url = "" }: http.IncomingMessage, response: http.ServerResponse): void {
  response.setHeader("x-amz-meta-frugal-ml-transformation", TRANSFORMATION);
  if (method === "POST") response.end("[1, 2, 3]");
  else if (url.includes("list-type=2")) response.end(LISTING);
  else response.end(url.includes("/pointers/") ? POINTER : "picture");
}

describe("snippets of the pages", function () {
  this.timeout(120_000);
  const folder = mkdtempSync(path.join(tmpdir(), "frugal-ml-snippets-"));
  const cwd = process.cwd();
  const environment = { ...process.env };
  const asked: string[] = [];
  const server = http.createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    request.resume().once("end", () => answer(request, response));
  });

  before(async () => {
    for (const [name, file] of Object.entries(FILES)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      cpSync(path.join(ROOT, file), path.join(folder, name));
    }
    await bundleModule(path.join(ROOT, "examples/csv-columns/columns.ts"), path.join(folder, "dist/columns.zip"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    process.chdir(folder);
  });

  after(() => {
    process.chdir(cwd);
    process.env = environment;
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  });

  it("run, where they are TypeScript: components make their resources, clients read and ask", async () => {
    const made: string[] = [];
    await pulumi.runtime.setMocks(
      {
        newResource: ({ type, name, inputs }) => {
          made.push(`${type} ${name}`);
          return { id: `${name}-id`, state: { ...inputs, ...recordedOutputs(type, name) } };
        },
        call: () => ({ userName: "AWS", password: "token" }),
      },
      "frugal-ml",
      "test",
    );
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
      AWS_ENDPOINT_URL: url,
      AWS_REGION: "us-east-1",
      AWS_SECRET_ACCESS_KEY: "secret",
    });
    const blocks = pages().flatMap((page) => codeBlocks(page).filter(({ language }) => language === "ts"));
    const code = 'new NormalizingAccessPoint("a", { transformation: { width: -1 } });\n';
    const [wrong, ...failures] = await runSnippets([{ page: "wrong.md", line: 7, language: "ts", code }, ...blocks], {
      url,
      pointersUri: "s3://our-fleet/pointers/",
      transformation: TRANSFORMATION,
    });
    match(wrong ?? "", /^wrong\.md:7: .*\n.*transformation\.width: given -1;/);
    deepEqual(failures, []);
    const components = new Set(
      blocks.flatMap(({ code }) =>
        [...code.matchAll(/new (?:ml\.)?(\w+)\("([^"]+)"/g)].map(([, type, name]) => `${type} ${name}`),
      ),
    );
    ok(components.size > 15, [...components].join());
    deepEqual(
      [...components].filter((component) => !made.some((resource) => resource.endsWith(`:${component}`))),
      [],
    );
    equal(asked.filter((request) => request === "POST /endpoints/forecasts/invocations").length, 2);
    ok(asked.includes("GET /train/cat.jpg"), asked.join("\n"));
  });
});
