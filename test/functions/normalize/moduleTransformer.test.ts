import { deepEqual, equal, rejects, throws } from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { moduleTransformationHash } from "../../../contracts/moduleTransformation";
import { loadModule, moduleTransformer } from "../../../functions/normalize/moduleTransformer";
import { normalizeOriginal } from "../../../functions/normalize/request";
import type { Transformer } from "../../../functions/normalize/transformer";

const MODULE = "0123456789ab";
const BYTES = Buffer.from("original");

describe("functions/normalize/moduleTransformer", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "frugal-ml-module-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** A transformer of a module with this code, loaded as the function does. */
  const packed = (code: string, options = "{}"): Transformer => {
    // A folder of its own: a module is loaded once in a process.
    const own = mkdtempSync(path.join(folder, "own-"));
    writeFileSync(path.join(own, "frugal-ml.json"), JSON.stringify({ version: 1, module: MODULE, name: "m.ts" }));
    writeFileSync(path.join(own, "module.js"), code);
    return moduleTransformer(loadModule(own), `{"module":"${MODULE}","options":${options}}`);
  };
  const transform = (code: string) =>
    packed(`exports.transform = async (bytes, options) => { ${code} };`).transform(BYTES);

  it("hands over the bytes and a copy of the options, and is named by module and options", async () => {
    const transformer = packed(
      "exports.transform = async (bytes, options) => ({ bytes: Buffer.from([bytes.length, options.n++].join(' ')), contentType: 'text/plain' })",
      '{"n":1}',
    );
    equal(transformer.hash, moduleTransformationHash({ module: MODULE, options: { n: 1 } }));
    for (let turn = 0; turn < 2; turn++) {
      const { bytes, contentType } = await transformer.transform(BYTES);
      deepEqual([Buffer.from(bytes).toString(), contentType], ["8 1", "text/plain"]);
    }
  });

  it("answers 400 with the code that the module throws", async () => {
    await rejects(transform("throw Object.assign(new Error('no column'), { code: 'MissingColumn' })"), {
      code: "MissingColumn",
      kind: "ModuleRefused",
      status: 400,
      message: "The transformation's module refuses the object. no column",
    });
  });

  it("answers 500 for everything else that is thrown", async () => {
    const thrown = [
      "new Error('bug')",
      "null",
      "'text'",
      "Object.assign(new Error(), { code: 'ENOENT' })",
      "Object.assign(new Error(), { code: 'ERR_INVALID_ARG_TYPE' })",
      "Object.assign(new Error(), { code: 42 })",
      "Object.assign(new Error(), { code: 'NoSuchKey' })",
      "Object.assign(new Error(), { code: 'SlowDown' })",
    ];
    for (const value of thrown)
      await rejects(transform(`throw ${value}`), { code: "ModuleFailed", status: 500 }, value);
  });

  it("answers 500 for a result that would spoil the answer", async () => {
    const results = [
      "undefined",
      "{}",
      "{ bytes: 'text', contentType: 'text/plain' }",
      "{ bytes, contentType: 'a\\r\\nset-cookie: b' }",
      "{ bytes, contentType: '' }",
      "{ bytes, contentType: 'a/b', metadata: { 'Upper': 'x' } }",
      "{ bytes, contentType: 'a/b', metadata: { 'frugal-ml-transformation': 'x' } }",
      "{ bytes, contentType: 'a/b', metadata: { name: 'line\\nbreak' } }",
      "{ bytes, contentType: 'a/b', metadata: { name: 'x'.repeat(2048) } }",
    ];
    for (const value of results) await rejects(transform(`return ${value}`), { code: "ModuleFailed" }, value);
    deepEqual(await transform("return { bytes, contentType: 'a/b', metadata: { rows: '2' } }"), {
      bytes: BYTES,
      contentType: "a/b",
      metadata: { rows: "2" },
    });
  });

  it("says that a module does not load, at every read", () => {
    for (const code of ["throw new Error('at start')", "exports.other = 1", "exports.transform = 1", "syntax error"]) {
      throws(() => packed(code), { code: "ModuleFailed", status: 500 });
    }
    throws(() => moduleTransformer(loadModule(path.join(folder, "nowhere")), ""), { code: "ModuleFailed" });
  });

  it("answers before the deadline when the module does not", async () => {
    const transformer = packed("exports.transform = () => new Promise(() => {})");
    async function* body() {
      yield BYTES;
    }
    const read = normalizeOriginal({ open: async () => ({ body: body() }), transformer, remainingMs: 1_100 });
    await rejects(read, { code: "TransformationTimeout", status: 503 });
  });
});
