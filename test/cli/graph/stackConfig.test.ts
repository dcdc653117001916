import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readProject } from "../../../cli/graph/project";
import { listStacks, readStackConfig } from "../../../cli/graph/stackConfig";

describe("stack configuration", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "frugal-ml-config-"));
    mkdirSync(join(folder, "stacks"));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function write(project: string, stack: string): void {
    writeFileSync(join(folder, "Pulumi.yaml"), `name: shop\nruntime: nodejs\nstackConfigDir: stacks\n${project}`);
    writeFileSync(join(folder, "stacks", "Pulumi.dev.yaml"), stack);
  }

  it("takes defaults from the project and values from the stack, all as text", () => {
    write(
      "config:\n  size: 3\n  color:\n    type: string\n    default: blue\n  list:\n    value: [2, 1]\n  aws:profile: ci\n",
      "config:\n  shop:size: 4.5\n  flag: true\n  other:config:old: x\n  nested: { b: 1, a: { c: null } }\n  aws:region: eu-north-1\n",
    );
    const config = readStackConfig(readProject(folder), "dev", { "shop:flag": "false", extra: "1" });
    assert.deepEqual(config.values, {
      "shop:size": "4.5",
      "shop:color": "blue",
      "shop:list": "[2,1]",
      "aws:profile": "ci",
      "aws:region": "eu-north-1",
      "shop:flag": "false",
      "other:old": "x",
      "shop:nested": '{"a":{"c":null},"b":1}',
      "shop:extra": "1",
    });
    assert.deepEqual([config.secretKeys, config.placeholders, config.missing], [[], [], []]);
  });

  it("puts a placeholder wherever a value is encrypted and makes the whole key secret", () => {
    write("", "config:\n  key: { secure: v1:abc }\n  db:\n    - host: h\n      password: { secure: v1:def }\n");
    const config = readStackConfig(readProject(folder), "dev");
    assert.deepEqual(config.secretKeys, ["shop:key", "shop:db"]);
    assert.deepEqual(config.placeholders, ["shop:key", "shop:db"]);
    assert.ok(!JSON.stringify(config).includes("v1:"));
    assert.match(config.values["shop:db"] ?? "", /^\[\{"host":"h","password":"[^"]+"\}\]$/);
  });

  it("knows what is declared and missing, and what the project proposes", () => {
    write(
      "config:\n  size: { type: integer }\n  hidden: { type: string, secret: true, default: s }\ntemplate:\n  config:\n    size: { default: 7 }\n",
      "",
    );
    const config = readStackConfig(readProject(folder), "dev");
    assert.deepEqual(config.missing, [{ key: "shop:size", type: "integer" }]);
    assert.deepEqual(config.proposed, { "shop:size": "7" });
    assert.deepEqual(config.secretKeys, ["shop:hidden"]);
  });

  it("lists stacks by their files", () => {
    write("", "");
    writeFileSync(join(folder, "stacks", "Pulumi.a.b.yml"), "");
    writeFileSync(join(folder, "stacks", "config.ts"), "");
    assert.deepEqual(listStacks(readProject(folder)), ["a.b", "dev"]);
  });
});
