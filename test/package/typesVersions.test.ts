import { deepEqual, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";

const Entry = z.object({ types: z.string() });
const Manifest = z.object({
  exports: z.record(z.string(), z.union([z.string(), Entry])),
  typesVersions: z.object({ "*": z.record(z.string(), z.array(z.string())) }),
});

describe("package.json", () => {
  it("names the types of every entry for compilers that do not read exports, as Pulumi's template has them", () => {
    const { exports, typesVersions } = Manifest.parse(
      JSON.parse(readFileSync(path.resolve(__dirname, "../../package.json"), "utf8")),
    );
    const entries = Object.entries(exports).flatMap(([name, entry]) =>
      typeof entry === "string" || name === "." ? [] : [[name.replace("./", ""), [entry.types]] as const],
    );
    ok(entries.length > 0);
    deepEqual(typesVersions["*"], Object.fromEntries(entries));
  });
});
