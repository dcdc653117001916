import { deepEqual, equal, ok } from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { unzipSync } from "fflate";
import { CLASSIFY_ARCHIVE } from "../../contracts/classifyEnvironment";

const ROOT = path.resolve(__dirname, "../..");
/** Largest archive of a function, unpacked (docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html). */
const LAMBDA_BYTES = 250 * 1024 * 1024;
/** Machine of ELF files for 64-bit ARM. */
const ARM64 = 183;

describe("archive of the function that classifies", () => {
  let zipped: Buffer;
  let entries: Record<string, Uint8Array>;

  before(async () => {
    zipped = await readFile(path.join(ROOT, CLASSIFY_ARCHIVE));
    entries = unzipSync(zipped);
  });

  it("has the entry that awaits the model, and the bundle beside it", () => {
    ok(Buffer.from(entries["index.mjs"] ?? []).includes("await classify.ready"));
    ok((entries["classify.js"]?.length ?? 0) > 0);
    equal("index.js" in entries, false);
  });

  it("has ONNX Runtime and sharp for Graviton alone", () => {
    const natives = Object.keys(entries).filter((name) => /\.(node|so(\.\d+)*|dylib|dll)$/.test(name));
    deepEqual(natives.map((name) => path.posix.basename(name).replace(/[\d.]*\d\.node$|\.so.*$/, "")).sort(), [
      "libonnxruntime",
      "libvips-cpp",
      "onnxruntime_binding.node",
      "sharp-linux-arm64-",
    ]);
    for (const name of natives) equal(entries[name]?.[18], ARM64, name);
    const runtime = Buffer.from(entries["node_modules/onnxruntime-node/package.json"] ?? []);
    const { os, cpu } = JSON.parse(runtime.toString("utf8")) as { os: string[]; cpu: string[] };
    deepEqual([os, cpu], [["linux"], ["arm64"]]);
    equal(
      Object.keys(entries).some((name) => /koffi|jpeg-turbo/.test(name)),
      false,
    );
  });

  it("has the two packages of ONNX Runtime in one version, though two lock files pin them", () => {
    const manifest = (name: string) =>
      JSON.parse(Buffer.from(entries[`node_modules/${name}/package.json`] ?? []).toString("utf8")) as {
        version: string;
        dependencies?: Record<string, string>;
      };
    const common = manifest("onnxruntime-common").version;
    equal(manifest("onnxruntime-node").version, common);
    equal(manifest("onnxruntime-node").dependencies?.["onnxruntime-common"], common);
  });

  it("fits into Lambda", () => {
    const unpacked = Object.values(entries).reduce((sum, { length }) => sum + length, 0);
    ok(unpacked < LAMBDA_BYTES / 4, `${unpacked} bytes`);
    ok(zipped.length < 20 * 1024 * 1024, `${zipped.length} bytes`);
  });
});
