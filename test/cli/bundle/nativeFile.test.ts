import { equal } from "node:assert/strict";
import { isAarch64, isNativeCode } from "../../../cli/bundle/nativeFile";
import { elf } from "./nativeProject";

describe("cli/bundle/nativeFile", () => {
  it("knows code for arm64 by its header, and none in a file that ends within it", () => {
    equal(isAarch64(elf(183)), true);
    equal(isAarch64(elf(62)), false);
    for (let bytes = 0; bytes < 20; bytes++) equal(isAarch64(elf(183).subarray(0, bytes)), false);
    equal(isNativeCode("half.node", elf(183).subarray(0, 19)), true);
  });
});
