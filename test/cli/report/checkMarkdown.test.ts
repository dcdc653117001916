import { equal, match, ok } from "node:assert/strict";
import { checkMarkdown } from "../../../cli/report/checkMarkdown";
import { bare, exception, fails, finding, manyFindings, reportOptions, resultOf, rule, unknown } from "./checkResults";

describe("Markdown", () => {
  const text = (...findings: Parameters<typeof resultOf>[0]) => checkMarkdown(resultOf(findings), reportOptions).text;

  it("has a verdict, a table by rule and folded findings", () => {
    const saving = finding({ finding: { status: "fail", path: "c", message: "dear", saving: 12 } });
    const page = text(fails, saving, unknown, bare, finding({ suppression: exception }));
    match(page, /^### frugal-ml check: ❌ 3 violations, 1 note, 1 of these cannot be told yet, 1 suppressed\n/);
    match(page, /^\| <code>r-1<\/code> Things are right\. \| high \| 2 \| 1 \| \$12\.00 \|$/m);
    match(page, /^<details><summary><code>r-1<\/code>: 3 findings<\/summary>$/m);
    match(page, /^- ❌ \*\*thing\*\* <code>t:i:Thing<\/code> \(src\/index\.ts:8\): a&#91;0&#93;: wrong$/m);
    match(page, /^- ❌ .*: dear, saves \$12\.00 a month$/m);
    match(page, /^- ⚠️ .* cannot be told yet: b: not known yet$/m);
    match(page, /^- ❌ the stack: one two$/m);
    match(
      page,
      /^- <code>r-1<\/code> thing: &#60;b&#62;measured&#60;\/b&#62; &#124; agreed \(platform, until 2026-12-31\)$/m,
    );
    match(text(), /✅ no violations/);
  });

  it("lists needed quotas and what the cloud was not asked", () => {
    const quotas = [{ service: "lambda", quota: "Concurrent executions", needed: 120, atLeast: false, because: [] }];
    const placeholders = [{ kind: "invoke", name: "aws:ec2/getAmi:getAmi" } as const];
    const page = checkMarkdown({ ...resultOf([]), quotas, placeholders }, reportOptions).text;
    match(page, /^- lambda: Concurrent executions: 120$/m);
    match(page, /^- invoke <code>aws:ec2\/getAmi:getAmi<\/code>$/m);
  });

  it("shows what findings say as it is: no mark-up, no mention, no line of its own", () => {
    const message = "@everyone #1 **bold** [x](http://evil) <img src=x> `code` a|b\n# Heading\n</details>";
    const page = text(finding({ finding: { status: "fail", path: "", message }, rule: { ...rule, id: "a|b" } }));
    for (const raw of ["@everyone", "**bold**", "[x]", "<img", "`", "a|b", "\n# Heading"])
      equal(page.includes(raw), false, raw);
    equal(page.split("<details>").length, page.split("</details>").length);
  });

  it("fits a comment with 5,000 findings, and counts what it leaves out", () => {
    const many = manyFindings(5000);
    for (const limit of [undefined, 20_000, 2_000]) {
      const options = { ...reportOptions, ...(limit && { markdownLimit: limit }) };
      const { text: page, warnings } = checkMarkdown(resultOf(many), options);
      ok(page.length < (limit ?? 65_536), String(page.length));
      ok(Buffer.byteLength(page) < 2 * (limit ?? 65_536));
      equal(page.split("<details>").length, page.split("</details>").length);
      const left = Number(/leaves out (\d+) lines/.exec(warnings[0] ?? "")?.[1]);
      const shown = page.split("\n").filter((line) => /^- [❌⚠]|^\| <code>/.test(line)).length;
      equal(left + shown, 5000 + 12);
      match(page, new RegExp(`_${left} more lines are left out here`));
    }
    equal(checkMarkdown(resultOf([fails]), reportOptions).warnings.length, 0);
  });
});
