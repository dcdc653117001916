import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkGraph } from "../../../cli/check/checkGraph";
import { violations } from "../../../cli/check/checkResult";
import { checkCommand } from "../../../cli/commands/check";
import { parsePolicyConfiguration } from "../../../policy/configuration";
import { graphOf } from "../../policy/declared";
import { preprocessor } from "../../policy/functions";

const SAMPLE = join(__dirname, "..", "..", "policy", "fixtures", "x86-preprocessing");
const ACME = join(__dirname, "..", "check", "fixtures", "acme");

/** Runs the command and returns what it printed and the exit code it chose. */
async function check(...commandLine: string[]): Promise<{ output: string; exitCode: unknown }> {
  const { exitCode: before } = process;
  const write = process.stdout.write.bind(process.stdout);
  const output: string[] = [];
  process.stdout.write = (text: string | Uint8Array): boolean => output.push(String(text)) > 0;
  try {
    await checkCommand().parseAsync(commandLine, { from: "user" });
    return { output: output.join(""), exitCode: process.exitCode };
  } finally {
    process.stdout.write = write;
    process.exitCode = before;
  }
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
    deepEqual(output.split("\n").slice(0, 4), [
      "✗ violation graviton-preprocessing (high): Lambda functions that preprocess run on Graviton",
      "    image-resizer  aws:lambda/function:Function",
      "    test/policy/fixtures/x86-preprocessing/index.ts:8:1",
      '    architectures: absent, so the function runs on x86_64; it must be exactly ["arm64"]',
    ]);
    match(output, /1 violation: 3 resources of x86-preprocessing\/dev, checked by graviton \(1 rule\), acme@9\.9\.9/);
    equal(output.includes("hunter2"), false);
  });

  it("exits with 0 when nothing refuses", async () => {
    const config = file("policy.json", '{ "graviton-preprocessing": "advisory" }');
    const { output, exitCode } = await check("--program", SAMPLE, "--stack", "any", "--config", config);
    equal(exitCode, 0);
    match(output, /^! note graviton-preprocessing/);
    match(output, /no violations, 1 note: 3 resources of x86-preprocessing\/any/);
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
    deepEqual([result.resources, violations(result).length], [1, 1]);
    ok(result.packs.some(({ pack }) => pack === "graviton"));
  });

  it("refuses settings that nobody has", async () => {
    const refused = (json: object) => checkGraph(graphOf(), { configuration: parsePolicyConfiguration(json) });
    const code = "InvalidPolicyConfiguration";
    await rejects(refused({ "graviton-preprocesing": "advisory" }), { code, message: /graviton-preprocesing/ });
    await rejects(refused({ "graviton-preprocessing": { tagKey: 1, colour: "red" } }), { code, message: /2 problems/ });
  });
});
