import { deepEqual, equal, throws } from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readExceptions } from "../../../../cli/check/exceptions/readExceptions";

const VALID = `# Reviewed by the platform team.
- rule: graviton-preprocessing
  resource: "aws:lambda/function:Function::legacy-*"
  owner: ml-platform
  reason: the codec has no arm64 build
  expires: 2026-12-31
- { rule: "*", resource: "urn:pulumi:dev::*::*::sandbox", owner: o, reason: r, expires: "2028-02-29" }
`;

describe("an exceptions file", () => {
  let folder: string;
  const file = (text: string) => {
    writeFileSync(join(folder, "e.yaml"), text);
    return join(folder, "e.yaml");
  };
  const problems = (text: string): string[] => {
    let lines: string[] = [];
    throws(
      () => readExceptions(file(text)),
      (error: Error & { code?: string }) => {
        equal(error.code, "InvalidExceptions");
        lines = error.message.split("\n").slice(1);
        return true;
      },
    );
    return lines.map((line) => line.replace(/^ {2}- /, "").replace(/;.*/, ""));
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "frugal-ml-exceptions-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is a list, each entry with the line it starts on", () => {
    const { file: name, exceptions } = readExceptions(file(VALID));
    equal(name, "e.yaml");
    deepEqual(
      exceptions.map(({ rule, line, expires }) => [rule, line, expires]),
      [
        ["graviton-preprocessing", 2, "2026-12-31"],
        ["*", 7, "2028-02-29"],
      ],
    );
    equal(exceptions[0]?.resource, "aws:lambda/function:Function::legacy-*");
    deepEqual(readExceptions(file("# none\n")).exceptions, []);
  });

  it("takes what an alias stands for, and refuses one that stands for nothing", () => {
    const first = "- { rule: r, resource: a::b, owner: &team ml-platform, reason: r, expires: 2026-12-31 }\n";
    const { exceptions } = readExceptions(file(`${first}${first.replace("&team ml-platform", "*team")}`));
    deepEqual(
      exceptions.map(({ owner }) => owner),
      ["ml-platform", "ml-platform"],
    );
    deepEqual(problems(first.replace("&team ml-platform", "*team")), ["line 1, owner: given nothing"]);
  });

  it("refuses a folder", () =>
    throws(
      () => readExceptions(folder),
      (error: Error & { code?: string }) => error.code === "InvalidExceptions",
    ));

  it("says everything that is wrong, with lines", () => {
    const text = `- rule: graviton-*
  resource: a::b
  owner: o
  reason: r
  expires: 2026-02-30
- resource: "*"
  owner: ""
  because: x
  reason: [1]
  expires: 2026-12-31
- just text
- rule: "*"
  resource: "urn:pulumi:*::*::*::*"
  owner: o
  reason: r
  expires: soon
`;
    deepEqual(problems(text), [
      'line 1, rule: given "graviton-*"',
      'line 5, expires: given "2026-02-30"',
      'line 8, because: given "because"',
      "line 6, rule: given nothing",
      'line 7, owner: given ""',
      "line 9, reason: given an object",
      "line 11: given something else",
      'line 13, resource: given "urn:pulumi:*::*::*::*"',
      'line 16, expires: given "soon"',
    ]);
    deepEqual(problems("rule: a"), ["line 1: given something else"]);
    equal(problems("- {").length > 0, true);
  });

  it("lets a named rule be excepted everywhere, and no other", () => {
    const entry = (rule: string) => `- { rule: "${rule}", resource: "*", owner: o, reason: r, expires: 2026-12-31 }`;
    equal(readExceptions(file(entry("cost-tags"))).exceptions.length, 1);
    deepEqual(problems(entry("*")), ['line 1, resource: given "*"']);
  });

  it("must be there", () => {
    throws(() => readExceptions(join(folder, "none.yaml")), { code: "ExceptionsNotFound" });
  });
});
