import { deepEqual, equal, match, notEqual, throws } from "node:assert/strict";
import {
  canonicalModuleTransformation,
  MAX_MODULE_OPTIONS,
  moduleOptionsProblems,
  moduleTransformationHash,
  parseCanonicalModuleOptions,
  parseModuleOptions,
} from "../../contracts/moduleTransformation";
import { InvalidInputError } from "../../contracts/problems";

const MODULE = "0123456789ab";

describe("contracts/moduleTransformation", () => {
  it("spells the same options one way, whatever the order of their keys", () => {
    const one = parseModuleOptions(MODULE, '{"b": [2, {"d": 1, "c": null}], "a": "x"}');
    const two = parseModuleOptions(MODULE, '{"a":"x","b":[2,{"c":null,"d":1}]}');
    equal(canonicalModuleTransformation(one), canonicalModuleTransformation(two));
    equal(moduleTransformationHash(one), moduleTransformationHash(two));
    match(moduleTransformationHash(one), /^[0-9a-f]{12}$/);
  });

  it("has another hash for other code, and for other options", () => {
    const hashes = [
      { module: MODULE, options: {} },
      { module: "ba9876543210", options: {} },
      { module: MODULE, options: { a: 1 } },
      { module: MODULE, options: [] },
    ].map(moduleTransformationHash);
    equal(new Set(hashes).size, hashes.length);
    notEqual(hashes[0], undefined);
  });

  it("reads back what it wrote", () => {
    const options = { keep: ["a", "ü"], deep: { x: [1, null, true] } };
    deepEqual(parseCanonicalModuleOptions(canonicalModuleTransformation({ module: MODULE, options })), options);
    deepEqual(parseCanonicalModuleOptions(""), {});
    throws(() => parseCanonicalModuleOptions('{"width":4}'), InvalidInputError);
    throws(() => parseCanonicalModuleOptions("{"), SyntaxError);
  });

  it("refuses what is no JSON, or too long for a variable of the function", () => {
    deepEqual(moduleOptionsProblems("{}"), []);
    deepEqual(moduleOptionsProblems(JSON.stringify("x".repeat(MAX_MODULE_OPTIONS - 2))), []);
    for (const text of ["{", "", JSON.stringify("x".repeat(MAX_MODULE_OPTIONS - 1))]) {
      equal(moduleOptionsProblems(text).length, 1);
      throws(() => parseModuleOptions(MODULE, text), InvalidInputError);
    }
  });
});
