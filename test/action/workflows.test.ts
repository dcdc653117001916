import { deepEqual, equal, match, ok } from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import * as z from "zod";

const ROOT = path.resolve(__dirname, "../..");
const FOLDER = path.join(ROOT, ".github/workflows");

const Workflow = z.object({
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(
    z.string(),
    z.object({
      "timeout-minutes": z.number(),
      permissions: z.record(z.string(), z.string()).optional(),
      steps: z.array(z.object({ uses: z.string().optional(), run: z.string().optional() })),
    }),
  ),
});
const Dependabot = z.object({
  version: z.literal(2),
  updates: z.array(
    z.object({
      "package-ecosystem": z.string(),
      directory: z.string(),
      ignore: z.array(z.object({ "dependency-name": z.string(), versions: z.array(z.string()) })).default([]),
    }),
  ),
});
const Manifest = z.object({
  scripts: z.record(z.string(), z.string()),
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
});

const read = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");
const manifest = Manifest.parse(JSON.parse(read("package.json")));

describe("workflows", () => {
  const workflows = readdirSync(FOLDER).map((file) => {
    const text = readFileSync(path.join(FOLDER, file), "utf8");
    return { file, text, ...Workflow.parse(parse(text)) };
  });
  const steps = workflows.flatMap(({ file, jobs }) =>
    Object.values(jobs).flatMap((job) => job.steps.map((step) => ({ file, ...step }))),
  );

  it("name actions by a major version or a commit, and run scripts that exist", () => {
    for (const { file, uses, run } of steps) {
      if (uses !== undefined) match(uses, /^[\w.-]+\/[\w./-]+@(v\d+|[0-9a-f]{40})$/, file);
      for (const [, script = ""] of (run ?? "").matchAll(/npm run ([\w:-]+)/g)) ok(manifest.scripts[script], script);
    }
    ok(steps.some(({ run }) => run === 'sudo --preserve-env env "PATH=$PATH" .ci/run'));
    ok(steps.some(({ run }) => run === "npm run test:matrix -- newest"));
  });

  it("may only read, but for the job that publishes, which has an identity and no secret", () => {
    for (const { file, text, permissions, jobs } of workflows) {
      deepEqual(permissions, { contents: "read" }, file);
      equal(text.includes("secrets."), false, file);
      const more = Object.entries(jobs).filter(([, job]) => job.permissions !== undefined);
      deepEqual(
        more.map(([name, job]) => [name, job.permissions]),
        file === "release.yml" ? [["publish", { contents: "read", "id-token": "write" }]] : [],
      );
    }
    const release = steps.filter(({ file }) => file === "release.yml").map(({ run }) => run ?? "");
    const order = ["npm ci", "npm test", "npm pack", "npm publish"].map((what) =>
      release.findIndex((run) => run.startsWith(what)),
    );
    ok(
      order.every((at, index) => at > (order[index - 1] ?? -1)),
      release.join("\n"),
    );
    match(release.at(-1) ?? "", /--provenance/);
  });

  it("have newer versions proposed for each kind of dependency, with reasons for those that are held back", () => {
    const { updates } = Dependabot.parse(parse(read(".github/dependabot.yml")));
    const kinds = new Set(updates.map((update) => update["package-ecosystem"]));
    deepEqual([...kinds].sort(), ["docker", "github-actions", "npm"]);
    const known = { ...manifest.dependencies, ...manifest.devDependencies };
    for (const { "dependency-name": name } of updates.flatMap(({ ignore }) => ignore)) ok(known[name], name);
    for (const { "package-ecosystem": kind, directory } of updates) {
      if (kind === "docker") ok(read(path.join(directory, "Dockerfile")).startsWith("#"));
      if (kind === "npm")
        ok(Manifest.pick({ dependencies: true }).parse(JSON.parse(read(path.join(directory, "package.json")))));
    }
  });
});
