import { deepEqual } from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { compilerOptions } from "../../../cli/graph/compilerOptions";
import { readProject } from "../../../cli/graph/project";

describe("options of a program's compiler", () => {
  let folder: string;
  const put = (name: string, text: string): void => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  };
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "frugal-ml-options-"));
    put("Pulumi.yaml", "name: compiled\nruntime: nodejs\n");
    put("tsconfig.json", '{ "compilerOptions": { "module": "commonjs", "target": "ESNext" } }');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("are those of its version: which fields are defined, and what decorators are", () => {
    const read = (version: string) => {
      put("node_modules/typescript/package.json", JSON.stringify({ version }));
      return compilerOptions(readProject(folder))?.options;
    };
    const given = { module: "commonjs", target: "ESNext" };
    deepEqual(read("4.2.4"), { ...given, useDefineForClassFields: false, experimentalDecorators: true });
    deepEqual(read("4.9.5"), { ...given, experimentalDecorators: true });
    deepEqual(read("5.0.2"), given);
  });

  it("are of the compiler that the SDK finds, not of one that is nearer to the program", () => {
    put("node_modules/typescript/package.json", '{ "version": "5.9.3" }');
    put("node_modules/@pulumi/pulumi/package.json", "{}");
    put("node_modules/@pulumi/pulumi/node_modules/typescript/package.json", '{ "version": "6.0.0" }');
    deepEqual(compilerOptions(readProject(folder))?.interop, true);
  });
});
