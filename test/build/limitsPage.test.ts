import { equal, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { commentsOf, LIMITS_PAGE, limitsPage, pageOf } from "../../build/limitsPage";

const ROOT = path.resolve(__dirname, "../..");

const SOURCE = `export const LIMITS = {
  /** ISO date. */
  readOn: "2026-11-01",
  /** Of tea; docs.aws.amazon.com/tea/limits.html */
  tea: {
    /** A pot
     * and no more. */
    potBytes: 2 * 1024 * 1024,
    cups: { min: 1, max: 12_000, step: 2 },
    deeper: { readOn: "2026-11-02", steepSeconds: 3, kinds: ["a", "b"] },
  },
} as const;`;

describe("page of limits", () => {
  it("is the committed one (regenerate: npm run docs:limits)", async () => {
    const committed = readFileSync(path.join(ROOT, LIMITS_PAGE), "utf8");
    ok(
      committed === (await limitsPage(ROOT)),
      `${LIMITS_PAGE} is not what contracts/serviceLimits.ts says: npm run docs:limits writes it anew`,
    );
  });

  it("has values from the code, and words and sources from its comments", () => {
    const comments = commentsOf(ts.createSourceFile("limits.ts", SOURCE, ts.ScriptTarget.Latest, true), "LIMITS");
    const page = pageOf(
      {
        readOn: "2026-11-01",
        tea: {
          potBytes: 2 * 1024 * 1024,
          cups: { min: 1, max: 12_000, step: 2 },
          deeper: { readOn: "2026-11-02", steepSeconds: 3, kinds: ["a", "b"] },
        },
      },
      comments,
    );
    equal(
      page.slice(page.indexOf("## Tea")),
      [
        "## Tea",
        "",
        "Of tea; <https://docs.aws.amazon.com/tea/limits.html>",
        "",
        "| limit | value | what, and where it is said |",
        "|---|---|---|",
        "| Pot | 2 MiB | A pot and no more. |",
        "| Cups | 1 to 12,000 in steps of 2 |  |",
        "",
        "### Deeper",
        "",
        "Read on 2026-11-02.",
        "",
        "| limit | value | what, and where it is said |",
        "|---|---|---|",
        "| Steep | 3 s |  |",
        "| Kinds | a, b |  |",
        "",
      ].join("\n"),
    );
  });
});
