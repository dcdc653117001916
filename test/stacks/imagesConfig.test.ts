import { deepEqual, equal } from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "yaml";
import { bundleModule } from "../../cli/bundle/bundleModule";
import { captureGraph } from "../../cli/graph/captureGraph";
import type { ResourceGraph } from "../../contracts/graph";
import { Images } from "../../stacks/imagesConfig";
import { REPOSITORY } from "../cli/local/handmadePlane";

/** The two stacks that the page gives as examples, in its order. */
function documentedImages(): readonly Record<string, unknown>[] {
  const page = readFileSync(path.join(REPOSITORY, "docs/stack-configuration.md"), "utf8");
  return [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, text = ""]) => parse(text).config["frugal-ml:images"]);
}

async function captured(images: Record<string, unknown>): Promise<ResourceGraph["resources"]> {
  const configOverrides = { images: JSON.stringify(images) };
  const { resources } = await captureGraph({ program: REPOSITORY, stack: "dev", mode: "preview", configOverrides });
  return resources.filter(({ name }) => name.startsWith("images"));
}

describe("stack configuration of the images", function () {
  this.timeout(60_000);

  it("has a table of its keys, which lacks none and has no other", () => {
    const page = readFileSync(path.join(REPOSITORY, "docs/stack-configuration.md"), "utf8");
    const [, section = ""] = page.split("## `images`\n");
    const rows = section.split("\n").filter((line) => line.startsWith("| `"));
    const keys = rows.flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`(\w+)`/g)].map(([, key = ""]) => key));
    deepEqual(keys.sort(), Object.keys(Images.shape).sort());
  });

  it("puts a module into a network, as its page says", async () => {
    const [first = {}] = documentedImages();
    const folder = mkdtempSync(path.join(tmpdir(), "frugal-ml-images-config-"));
    try {
      const code = path.join(folder, "columns.zip");
      const { module } = await bundleModule(path.join(REPOSITORY, "examples/csv-columns/columns.ts"), code);
      const resources = await captured({ ...first, code });
      const inputs = (name: string) => resources.find((resource) => resource.name === name)?.inputs;
      const lambda = inputs("images-function");
      deepEqual(lambda?.["vpcConfig"], {
        subnetIds: ["subnet-0a1b2c3d", "subnet-4e5f6a7b"],
        securityGroupIds: ["sg-0a1b2c3d"],
      });
      deepEqual(inputs("images-access-point")?.["vpcConfiguration"], { vpcId: "vpc-0a1b2c3d" });
      deepEqual(inputs("images-s3-endpoint")?.["routeTableIds"], ["rtb-0a1b2c3d"]);
      const canonical = JSON.stringify({ module, options: { keep: ["age", "outcome"] } });
      equal(JSON.stringify(lambda?.["environment"]).includes(JSON.stringify(canonical)), true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("shares a function, as its page says: none is made, and its role is allowed to answer here", async () => {
    const [, second = {}] = documentedImages();
    const resources = await captured(second);
    const made = new Set(resources.map(({ type }) => type));
    for (const type of ["aws:lambda/function:Function", "aws:iam/role:Role", "aws:cloudwatch/logGroup:LogGroup"]) {
      equal(made.has(type), false, type);
    }
    const policy = resources.find(({ name }) => name === "images-role-policy");
    equal(policy?.inputs["role"], "images-role-0a1b2c3");
    const accessPoint = resources.find(({ name }) => name === "images-object-lambda");
    equal(JSON.stringify(accessPoint?.inputs).includes(String(second["sharedFunction"])), true);
  });
});
