import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkGraph } from "../../../cli/check/checkGraph";
import { violations } from "../../../cli/check/checkResult";
import { checkCommand } from "../../../cli/commands/check";
import { parsePolicyConfiguration } from "../../../policy/configuration";
import { graphOf } from "../../policy/declared";
import { preprocessor } from "../../policy/functions";
import { captured } from "./callCommand";

const SAMPLE = join(__dirname, "..", "..", "policy", "fixtures", "x86-preprocessing");
const ENGINE = join(__dirname, "..", "check", "source", "fixtures");
/** A stack that is there at once, for what does not depend on where it comes from. */
const STATE = ["--state", join(ENGINE, "state.json")];
const ACME = join(__dirname, "..", "check", "fixtures", "acme");

/** Runs the command and returns what it printed and the exit code it chose. */
async function check(...args: string[]): Promise<{ readonly output: string; readonly exitCode: unknown }> {
  const { stdout: output, exitCode } = await captured(() => checkCommand().parseAsync(args, { from: "user" }));
  return { output, exitCode };
}

describe("frugal-ml check", function () {
  this.timeout(60_000);
  let folder: string;
  const file = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "frugal-ml-check-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("finds a violation of a sample program with its file and line, and exits with 1", async () => {
    const { output, exitCode } = await check("--program", SAMPLE, "--pack", ACME);
    equal(exitCode, 1);
    const lines = output.split("\n");
    const first = lines.findIndex((line) => line.startsWith("✗ violation graviton-preprocessing"));
    deepEqual(lines.slice(first, first + 4), [
      "✗ violation graviton-preprocessing (high): Lambda functions that preprocess run on Graviton",
      "    image-resizer  aws:lambda/function:Function",
      "    test/policy/fixtures/x86-preprocessing/index.ts:8:1",
      '    architectures: absent, so the function runs on x86_64; it must be exactly ["arm64"]',
    ]);
    match(
      output,
      /^1 violation.*: 3 resources of x86-preprocessing\/dev, checked by .*graviton \(\d+ rules?\).*, acme@9\.9\.9/m,
    );
    equal(output.includes("hunter2"), false);
  });

  it("exits with 0 when nothing refuses", async () => {
    const config = file("policy.json", '{ "graviton-preprocessing": "advisory" }');
    const { output, exitCode } = await check("--program", SAMPLE, "--stack", "any", "--config", config);
    equal(exitCode, 0);
    match(output, /^! note graviton-preprocessing/m);
    match(
      output,
      /^! note rule-weakened.*\n.*\n {4}graviton-preprocessing: mandatory in the pack graviton; .* makes it advisory$/m,
    );
    match(output, /^no violations, \d+ notes: 3 resources of x86-preprocessing\/any/m);
  });

  it("checks what the engine wrote, with the lines that it recorded", async () => {
    for (const source of [
      ["--state", join(ENGINE, "state.json")],
      ["--state", join(ENGINE, "state-in-clear.json")],
      ["--preview", join(ENGINE, "preview-create.json")],
      ["--preview", join(ENGINE, "preview-update.json")],
    ]) {
      const { output, exitCode } = await check(...source);
      equal(exitCode, 1, source.join(" "));
      match(output, /^ {4}resizer {2}aws:lambda\/function:Function\n {4}index\.ts:48:24\n {4}architectures: absent/m);
      match(output, /^ {4}lambda: Concurrent executions: 120$/m);
      equal(output.includes("hunter2"), false);
    }
  });

  it("writes several reports of one check, each as a whole", async () => {
    const json = join(folder, "deep", "check.json");
    const reports = ["sarif", "junit", "markdown", "github"].map((format) => `${format}=${join(folder, format)}`);
    const asked = reports.flatMap((report) => ["--report", report]);
    const { output, exitCode } = await check("--program", SAMPLE, "--format", "json", "--out", json, ...asked);
    deepEqual([output, exitCode], ["", 1]);
    const { findings, ok: clean }: { findings: { rule: string; location: object }[]; ok: boolean } = JSON.parse(
      readFileSync(json, "utf8"),
    );
    equal(clean, false);
    deepEqual(findings.find(({ rule }) => rule === "graviton-preprocessing")?.location, {
      file: "test/policy/fixtures/x86-preprocessing/index.ts",
      line: 8,
      column: 1,
    });
    deepEqual(readdirSync(folder).sort(), ["deep", "github", "junit", "markdown", "sarif"]);
    deepEqual(readdirSync(join(folder, "deep")), ["check.json"]);
  });

  it("adds to the step summary of a workflow", async () => {
    const summary = file("summary.md", "before\n");
    const { GITHUB_STEP_SUMMARY: outer } = process.env;
    process.env["GITHUB_STEP_SUMMARY"] = summary;
    try {
      const { output } = await check("--program", SAMPLE, "--format", "github");
      match(
        output,
        /^::error file=test\/policy\/fixtures\/x86-preprocessing\/index\.ts,line=8,col=1,title=graviton-preprocessing%3A image-resizer::/m,
      );
    } finally {
      if (outer === undefined) delete process.env["GITHUB_STEP_SUMMARY"];
      else process.env["GITHUB_STEP_SUMMARY"] = outer;
    }
    match(readFileSync(summary, "utf8"), /^before\n### frugal-ml check: ❌ \d+ violation/);
  });

  it("fails on what it is told to", async () => {
    const config = file("policy.json", '{ "all": "advisory" }');
    const exitCode = async (failOn: string) =>
      (await check(...STATE, "--config", config, "--fail-on", failOn)).exitCode;
    const codes = [
      await exitCode("violation"),
      await exitCode("note"),
      await exitCode("high"),
      await exitCode("never"),
    ];
    deepEqual(codes, [0, 1, 1, 0]);
  });

  it("lets what a baseline had already pass", async () => {
    const baseline = join(folder, "baseline.json");
    equal((await check(...STATE, "--format", "json", "--out", baseline)).exitCode, 1);
    const { output, exitCode } = await check(...STATE, "--baseline", baseline);
    equal(exitCode, 0);
    match(output, /^no violations, \d+ in the baseline: /m);
    const other = { ...JSON.parse(readFileSync(baseline, "utf8")), stack: "other" };
    await rejects(check(...STATE, "--baseline", file("other.json", JSON.stringify(other))), {
      code: "BaselineOfAnotherStack",
    });
    await rejects(check(...STATE, "--baseline", file("b.json", "{}")), { code: "BadBaseline" });
    await rejects(check(...STATE, "--baseline", join(folder, "none")), { code: "BadBaseline" });
  });

  it("reads exceptions where it is told to", async () => {
    const exceptions = file(
      "e.yaml",
      `- rule: graviton-preprocessing
  resource: aws:lambda/function:Function::image-resizer
  owner: platform
  reason: its vendor has no arm64 build
  expires: 2999-12-31
`,
    );
    const { output } = await check("--program", SAMPLE, "--exceptions", exceptions);
    equal(/^✗ violation graviton-preprocessing/m.test(output), false);
    match(output, /graviton-preprocessing: image-resizer, by platform until 2999-12-31: its vendor has no arm64 build/);
    await rejects(check("--program", SAMPLE, "--exceptions", file("bad.yaml", "- 1")), { code: "InvalidExceptions" });
  });

  it("refuses bad usage, all of it at once", async () => {
    const bad = check(
      "--state",
      "a",
      "--preview",
      "b",
      "--stack",
      "c",
      "--fail-on",
      "x",
      "--format",
      "y",
      "--report",
      "z",
    );
    await rejects(bad, {
      code: "BadUsage",
      message: /has 5 problems:.*--state, --preview.*--stack.*--fail-on.*--format.*--report/s,
    });
    await rejects(check("--report", "json=a", "--report", "text=a"), { code: "BadUsage", message: /one report only/ });
    await rejects(check("--markdown-limit", "10"), { code: "BadUsage", message: /at least 2000/ });
  });

  it("says what it needs to know", async () => {
    await rejects(check("--program", folder), { code: "ProjectNotFound" });
    file("Pulumi.yaml", "name: shop\nruntime: nodejs\n");
    file("Pulumi.dev.yaml", "");
    file("Pulumi.prod.yaml", "");
    await rejects(check("--program", folder), {
      code: "StackNotChosen",
      message: /choose one with --stack: dev, prod/,
    });
    await rejects(check("--program", folder, "--stack", "test"), { code: "StackNotFound" });
  });

  it("refuses a policy configuration that it cannot use", async () => {
    const missing = join(folder, "none.json");
    await rejects(check("--program", SAMPLE, "--config", missing), { code: "PolicyConfigurationNotFound" });
    for (const content of ["{", "[]", '{ "all": "off" }']) {
      const config = file("policy.json", content);
      await rejects(check("--program", SAMPLE, "--config", config), { code: "InvalidPolicyConfiguration" });
    }
  });
});

describe("checking a graph", () => {
  it("counts what the program declares", async () => {
    const provider = { ...preprocessor(), urn: "p", type: "pulumi:providers:aws", implicit: true };
    const result = await checkGraph(graphOf(provider, preprocessor({ architectures: [] })));
    equal(result.resources, 1);
    deepEqual(
      violations(result)
        .map(({ rule }) => rule.id)
        .filter((id) => id.startsWith("graviton")),
      ["graviton-preprocessing"],
    );
    ok(result.packs.some(({ pack }) => pack === "graviton"));
  });

  it("refuses settings that nobody has", async () => {
    const refused = (json: object) => checkGraph(graphOf(), { configuration: parsePolicyConfiguration(json) });
    const code = "InvalidPolicyConfiguration";
    await rejects(refused({ "graviton-preprocesing": "advisory" }), { code, message: /graviton-preprocesing/ });
    await rejects(refused({ "graviton-preprocessing": { tagKey: 1, colour: "red" } }), { code, message: /2 problems/ });
  });
});
