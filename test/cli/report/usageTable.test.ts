import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { usageTable } from "../../../cli/report/usageTable";
import { REPOSITORY } from "../local/handmadePlane";

describe("usageTable", () => {
  it("is what docs/price.md shows", () => {
    const page = readFileSync(join(REPOSITORY, "docs/price.md"), "utf8");
    const shown = /<!-- usage:begin -->\n(.*)\n<!-- usage:end -->/s.exec(page)?.[1];
    assert.equal(shown, usageTable());
  });
});
