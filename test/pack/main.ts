import { deepEqual, equal, ok } from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { generateSdks } from "./generateSdks";
import { PackedProject } from "./packedProject";

const Checked = z.object({
  resources: z.number(),
  findings: z.array(z.object({ rule: z.string(), violation: z.boolean() })),
});
const Priced = z.object({ items: z.array(z.object({ resource: z.object({ component: z.string().optional() }) })) });

/** What is compiled before it is published, so that nothing is when a consumer runs `pulumi up`. */
const PREBUILT = [
  "dist/functions/classify.zip",
  "dist/functions/fleet.zip",
  "dist/functions/normalize.zip",
  "dist/plugin/PulumiPlugin.yaml",
  "dist/plugin/main.js",
  "dist/plugin/package.json",
  "dist/plugin/schema.json",
];

/**
 * Installs what npm would publish into an empty project, and does there what a consumer does: a program with every
 * component type-checks, is captured, checked and priced, and Pulumi takes the plugin for other languages.
 */
async function main(): Promise<void> {
  const project = await PackedProject.install();
  try {
    console.log(`installed ${(project.packedBytes / 1e6).toFixed(1)} MB`);
    const absent = PREBUILT.filter((file) => !existsSync(project.installed(file)));
    deepEqual(absent, [], `not in the package: ${absent.join(", ")}`);
    const { scripts = {} } = z
      .object({ scripts: z.record(z.string(), z.string()).optional() })
      .parse(JSON.parse(readFileSync(project.installed("package.json"), "utf8")));
    deepEqual(
      Object.keys(scripts).filter((name) => /^(pre|post)?install$/.test(name)),
      [],
    );
    equal(existsSync(path.join(project.folder, "node_modules", "onnxruntime-node")), false, "onnxruntime-node");

    await project.run("npx", ["--no-install", "tsc", "--project", "."]);
    console.log("the program type-checks");

    const frugal = ["--no-install", "frugal-ml"];
    const checked = await project.run("npx", [...frugal, "check", "--program", ".", "--fail-on", "never", "--json"]);
    const { resources, findings } = Checked.parse(JSON.parse(checked));
    console.log(`captured and checked: ${resources} resources, ${findings.length} findings`);
    const priced = Priced.parse(JSON.parse(await project.run("npx", [...frugal, "price", "--program", ".", "--json"])));
    const paid = new Set(priced.items.flatMap(({ resource }) => resource.component ?? []));
    const components = readFileSync(path.join(__dirname, "program", "index.ts"), "utf8").matchAll(
      /new ml\.(\w+)\("([^"]+)"/g,
    );
    const declared = [...components].map(([, component, name]) => `${component} ${name}`);
    const exported = z
      .object({ resources: z.record(z.string(), z.unknown()) })
      .parse(JSON.parse(readFileSync(project.installed("dist/plugin/schema.json"), "utf8")));
    equal(declared.length, Object.keys(exported.resources).length, "the program has every component");
    const unpaid = declared.filter((component) => !paid.has(component));
    console.log(`priced: ${paid.size} components; nothing of these is paid by itself: ${unpaid.join(", ") || "none"}`);
    ok(
      resources > declared.length * 5 && paid.size > declared.length / 2,
      "components are there, but not their resources",
    );

    await generateSdks(project.installed("dist/plugin"), (line) => console.log(line));
  } finally {
    await project.remove();
  }
}

main().catch((error: unknown) => {
  console.error("test:pack:", error);
  process.exitCode = 1;
});
