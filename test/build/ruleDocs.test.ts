import { deepEqual, equal, ok } from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { RULE_PAGES, rulePage, rulePages } from "../../build/ruleDocs";
import type { Rule } from "../../contracts/rule";
import { packs } from "../../policy/packs";

const ROOT = path.resolve(__dirname, "../..");

/** Page that people write: what the rules say of public programs. */
const WRITTEN_BY_HAND = ["innocents.md"];

const RULE: Rule = {
  id: "shop-price",
  pack: "shop",
  severity: "low",
  enforcement: "advisory",
  onUnknown: "report",
  title: "Prices have a <currency>",
  why: "Nobody pays s3:* for nothing.",
  fix: "Set currency to EUR | USD",
  docs: "https://example.com/prices",
  config: { pattern: { type: "string", description: "What a name is like.", default: "^(a|b)$" } },
  types: ["shop:index:Price"],
  check: () => [],
};

describe("pages of rules", () => {
  it("are the committed ones (regenerate: npm run docs:rules)", async () => {
    const pages = await rulePages(ROOT);
    for (const [name, page] of pages) {
      equal(readFileSync(path.join(ROOT, RULE_PAGES, name), "utf8"), page, name);
    }
    const committed = readdirSync(path.join(ROOT, RULE_PAGES)).filter((name) => !WRITTEN_BY_HAND.includes(name));
    deepEqual(committed.sort(), [...pages.keys()].sort());
  });

  it("have a section for every rule, and a line of the index that leads to it", async () => {
    const pages = await rulePages(ROOT);
    for (const [pack, rules] of Object.entries(packs)) {
      const page = pages.get(`${pack}.md`) ?? "";
      const sections = [...page.matchAll(/^## (.+)$/gm)].map(([, id]) => id);
      deepEqual(
        sections,
        rules.map(({ id }) => id),
      );
      for (const { id, docs } of rules) ok(page.includes(`| [${id}](#${id}) |`) && page.includes(`<${docs}>`), id);
    }
  });

  it("say of a rule what it says of itself, whatever signs it uses", () => {
    const page = rulePage("shop", "Prices of a shop.", [RULE]);
    ok(page.includes("| [shop-price](#shop-price) | Prices have a \\<currency> | low | advisory | – |"), page);
    ok(page.includes("**Why.** Nobody pays s3:\\* for nothing."));
    ok(page.includes("**Fix.** Set currency to EUR \\| USD"));
    ok(page.includes('| `pattern` | string | `"^(a\\|b)$"` | What a name is like. |'));
    ok(page.includes('| `onUnknown` | `"fail"` or `"report"` | `"report"` |'));
    ok(page.includes("Nothing that it finds refuses the update; made mandatory, what is not known yet is only said."));
    ok(page.includes("Each resource is judged by itself."));
    equal(page.includes("Remediation"), false);
  });

  it("say whether a rule needs the stack, mends, and refuses what is not known", () => {
    const page = rulePage("shop", "Prices of a shop.", [
      { ...RULE, enforcement: "mandatory", onUnknown: "fail", checkInStack: () => [], remediate: () => undefined },
    ]);
    ok(page.includes("Severity low, mandatory. What is not known yet refuses the update. It is judged with what"));
    ok(page.includes("**Remediation.**"));
    ok(page.includes("| low | mandatory | fail |"));
  });
});
