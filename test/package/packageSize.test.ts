import { deepEqual, ok } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";
import * as z from "zod";

const ROOT = path.resolve(__dirname, "../..");

/** Largest package that is published, in bytes: who installs it downloads as much. */
const MOST_BYTES = 40_000_000;

const Packed = z.array(
  z.object({ size: z.number(), files: z.array(z.object({ path: z.string(), size: z.number() })) }),
);

describe("the package that is published", function () {
  this.timeout(120_000);

  it("is under 40 MB, and has what it promises and nothing else", () => {
    // Scripts would build it anew; what `npm ci` built is what is measured.
    const printed = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
      cwd: ROOT,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      maxBuffer: 2 ** 28,
    });
    const [packed] = Packed.parse(JSON.parse(printed));
    ok(packed);
    const largest = [...packed.files].sort((a, b) => b.size - a.size).slice(0, 5);
    ok(
      packed.size < MOST_BYTES,
      `${packed.size} bytes; the largest: ${largest.map((file) => `${file.path} ${file.size}`).join(", ")}`,
    );
    const names = packed.files.map((file) => file.path);
    for (const needed of [
      "LICENSE",
      "README.md",
      "clients/python/frugal_ml.py",
      "dist/cli/main.js",
      "dist/components/index.d.ts",
      "dist/functions/normalize.zip",
      "dist/policy-packs/graviton/PulumiPolicy.yaml",
    ]) {
      ok(names.includes(needed), needed);
    }
    deepEqual(
      names.filter(
        (name) => /(^|\/)(test|node_modules|fixtures|\.build|out|coverage)\//.test(name) || name.endsWith(".test.js"),
      ),
      [],
    );
  });
});
