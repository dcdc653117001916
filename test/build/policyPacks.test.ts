import { deepEqual, equal, ok } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import * as z from "zod";
import { buildPolicyPacks } from "../../build/policyPacks";
import { runPack } from "../../cli/check/runPack";
import { evaluate } from "../../policy/evaluate";
import { packs } from "../../policy/packs";
import { declared, declaredComponent, graphOf } from "../policy/declared";
import { preprocessor } from "../policy/functions";

const ROOT = path.resolve(__dirname, "../..");

const Manifest = z.object({ version: z.string(), dependencies: z.record(z.string(), z.string()).default({}) });

const manifestOf = (folder: string) =>
  Manifest.parse(JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")));
const sourceOf = (name: string) => path.join(ROOT, "policy", name);

/** Something for every pack to refuse. */
const GRAPH = graphOf(
  declaredComponent("pulumi:pulumi:Stack", "shop-test"),
  preprocessor({ architectures: ["x86_64"], runtime: "python3.7" }),
  declared("aws:sagemaker/notebookInstance:NotebookInstance", "notebook", { instanceType: "ml.p3.2xlarge" }),
);

describe("built policy packs", function () {
  this.timeout(120_000);

  let folder: string;
  let built: ReadonlyMap<string, string>;

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "frugal-ml-packs-"));
    built = await buildPolicyPacks(ROOT, folder);
    // In place of an installation of what their manifests ask for.
    symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  it("are every pack, each with a project, a manifest and one file that needs nothing else", () => {
    deepEqual([...built.keys()].sort(), Object.keys(packs).sort());
    for (const [name, target] of built) {
      deepEqual(readdirSync(target).sort(), ["PulumiPolicy.yaml", "index.js", "package.json"]);
      const manifest = manifestOf(target);
      equal(manifest.version, manifestOf(sourceOf(name)).version);
      const text = readFileSync(path.join(target, "index.js"), "utf8");
      for (const [, needed = ""] of text.matchAll(/\brequire\("([^"]+)"\)/g)) {
        const isDeclared = Object.keys(manifest.dependencies).some((each) => `${needed}/`.startsWith(`${each}/`));
        ok(isDeclared || builtinModules.includes(needed.replace("node:", "")), `${name} needs ${needed}`);
      }
    }
  });

  it("are published with all that the engine reads", () => {
    const packed = execFileSync("npm", ["pack", "--dry-run", "--json"], {
      cwd: built.get("graviton"),
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const [tarball] = z.array(z.object({ files: z.array(z.object({ path: z.string() })) })).parse(JSON.parse(packed));
    deepEqual(tarball?.files.map((file) => file.path).sort(), ["PulumiPolicy.yaml", "index.js", "package.json"]);
  });

  for (const [name, rules] of Object.entries(packs)) {
    it(`say what the rules say: ${name}`, async () => {
      const expected = evaluate(GRAPH, rules).verdicts.map(({ rule, resource }) => `${rule.id} ${resource?.name}`);
      const { verdicts, policies, version } = await runPack(built.get(name) ?? "", GRAPH);
      deepEqual(verdicts.map(({ rule, resource }) => `${rule.id} ${resource?.name}`).sort(), [...expected].sort());
      ok(expected.length > 0);
      equal(policies.length, rules.length);
      equal(version, manifestOf(sourceOf(name)).version);
    });
  }
});
