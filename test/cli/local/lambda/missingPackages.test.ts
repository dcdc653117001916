import { deepEqual } from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { missingPackages } from "../../../../cli/local/lambda/missingPackages";

describe("packages that a function does not find on this machine", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "frugal-ml-packages-"));
  after(() => rmSync(folder, { recursive: true }));

  it("are those of no installed folder, unless their name says that another machine has another", () => {
    mkdirSync(path.join(folder, "onnxruntime-node"));
    writeFileSync(path.join(folder, "onnxruntime-node", "package.json"), "{}");
    const left = ["onnxruntime-node", "@scope/native", "@img/sharp-linux-arm64", "@koromix/koffi-linux-arm64"].map(
      (name) => `node_modules/${name}`,
    );
    deepEqual(missingPackages(left, ["/nowhere", folder].join(path.delimiter)), ["@scope/native"]);
    deepEqual(missingPackages(left, "/nowhere"), ["onnxruntime-node", "@scope/native"]);
    deepEqual(missingPackages([], ""), []);
  });
});
