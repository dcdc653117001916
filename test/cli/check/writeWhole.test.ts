import { deepEqual, equal, throws } from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeWhole } from "../../../cli/check/writeWhole";

describe("a file that is written as a whole", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "frugal-ml-whole-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("takes the place of an older one, and makes missing folders", () => {
    const file = join(folder, "reports", "today", "report.txt");
    writeWhole(file, "first");
    writeWhole(file, "second");
    equal(readFileSync(file, "utf8"), "second");
    deepEqual(readdirSync(join(folder, "reports", "today")), ["report.txt"]);
  });

  it("says what keeps it from being written, and leaves nothing behind", () => {
    writeFileSync(join(folder, "file"), "kept");
    mkdirSync(join(folder, "taken"));
    for (const [place, name] of [
      ["below a file", join(folder, "file", "report.txt")],
      ["deep below a file", join(folder, "file", "deeper", "report.txt")],
      ["where a folder is", join(folder, "taken")],
    ] as const) {
      const refused = (error: Error) =>
        Reflect.get(error, "code") === "ReportNotWritten" && error.message.startsWith(`${name} cannot be written: `);
      throws(() => writeWhole(name, "text"), refused, place);
    }
    deepEqual(readdirSync(folder).sort(), ["file", "taken"]);
    equal(readFileSync(join(folder, "file"), "utf8"), "kept");
  });
});
