import { equal, ok } from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { ONNX_RUNTIME_LINK } from "../../build/onnxRuntime";
import { missingPackages } from "../../cli/local/lambda/missingPackages";
import { nodePath } from "../../cli/local/lambda/nodePath";

const ROOT = path.resolve(__dirname, "../..");

describe("ONNX Runtime of this host", () => {
  it("is fetched by the build and installed by nobody, so that no script of it runs", () => {
    equal(
      readFileSync(path.join(ROOT, "package-lock.json"), "utf8").includes('"node_modules/onnxruntime-node"'),
      false,
    );
    ok(existsSync(path.join(ROOT, ONNX_RUNTIME_LINK, "package.json")));
  });

  it("is found by functions of the local plane, wherever their program is", () => {
    equal(missingPackages(["node_modules/onnxruntime-node"], nodePath(ROOT)).length, 0);
    const folders = nodePath("/nowhere").split(path.delimiter);
    ok(folders.includes(path.dirname(path.join(ROOT, ONNX_RUNTIME_LINK))), folders.join("\n"));
  });
});
