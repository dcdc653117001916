import { equal, rejects } from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { captureGraph } from "../../../cli/graph/captureGraph";
import { hasTypeScript } from "../../../cli/graph/typeScriptSources";

const ROOT = path.resolve(__dirname, "../../..");

describe("TypeScript of a program", () => {
  let folder: string;
  const put = (name: string, text = ""): void => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  };
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "frugal-ml-sources-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("is found at any depth, whatever its kind", () => {
    for (const name of ["index.ts", "a/b/c.tsx", "lib/x.mts", "lib/y.cts"]) {
      equal(hasTypeScript(folder), false, name);
      put(name);
      equal(hasTypeScript(folder), true, name);
      rmSync(path.join(folder, name));
    }
  });

  it("is neither a declaration nor what is installed or hidden", () => {
    for (const name of ["index.js", "types.d.ts", "node_modules/x/index.ts", ".cache/index.ts", "notes.tsv"]) put(name);
    mkdirSync(path.join(folder, "linked"));
    symlinkSync(path.join(folder, "node_modules"), path.join(folder, "linked", "node_modules"));
    equal(hasTypeScript(folder), false);
  });

  it("may lie behind a link, and in what cannot be read", () => {
    equal(hasTypeScript(path.join(folder, "absent")), true);
    symlinkSync("/nowhere", path.join(folder, "elsewhere"));
    equal(hasTypeScript(folder), true);
  });

  it("is loaded from outside the program's folder all the same", async function () {
    this.timeout(60_000);
    put("shared.ts", "export const label: string = 'typed';\n");
    put("program/Pulumi.yaml", "name: outside\nruntime: nodejs\nmain: index.js\n");
    put("program/Pulumi.dev.yaml");
    put("program/index.js", 'exports.label = require("../shared").label;\n');
    symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
    const { outputs } = await captureGraph({ program: path.join(folder, "program"), stack: "dev", mode: "preview" });
    equal(outputs["label"], "typed");
  });

  it("is not looked for again when a program only takes too long", async function () {
    this.timeout(60_000);
    put("Pulumi.yaml", "name: endless\nruntime: nodejs\nmain: index.js\n");
    put("Pulumi.dev.yaml");
    put(
      "index.js",
      'require("node:fs").appendFileSync(__dirname + "/starts", "started\\n"); setInterval(() => {}, 1000);\n',
    );
    symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
    const captured = captureGraph({ program: folder, stack: "dev", mode: "preview", timeoutSeconds: 4 });
    await rejects(captured, { code: "ProgramTimedOut" });
    equal(readFileSync(path.join(folder, "starts"), "utf8"), "started\n");
  });
});
