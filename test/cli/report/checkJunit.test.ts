import { equal, match } from "node:assert/strict";
import { XMLValidator } from "fast-xml-parser";
import { checkJunit } from "../../../cli/report/checkJunit";
import { bare, exception, fails, finding, manyFindings, reportOptions, resultOf, rule, unknown } from "./checkResults";

describe("JUnit", () => {
  const report = (...findings: Parameters<typeof resultOf>[0]) => checkJunit(resultOf(findings), reportOptions);

  it("is well-formed whatever is in it", () => {
    const hostile = finding({
      finding: { status: "fail", path: `<a b="1">`, message: `]]> & <!-- \u0000\u001b[31m \ud800 " ' \n\uffff😀` },
      rule: { ...rule, id: "<&>", title: '"quoted"\n' },
    });
    for (const findings of [[], [fails, unknown, bare, hostile], manyFindings(5000)]) {
      const xml = checkJunit(resultOf(findings), reportOptions);
      equal(XMLValidator.validate(xml), true);
      equal(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u.test(xml), false);
    }
    match(report(hostile), /&lt;a b=&quot;1&quot;&gt;: \]\]&gt; &amp; &lt;!-- \uFFFD\uFFFD\[31m \uFFFD/);
  });

  it("has a case for each rule and resource, and for each rule that found nothing", () => {
    const second = finding({ finding: { status: "fail", path: "b", message: "wrong too" } });
    const xml = report(fails, second, bare);
    match(xml, /<testsuites name="shop\/dev" tests="3" failures="2" skipped="1" errors="0">/);
    match(
      xml,
      /<testcase classname="p" name="r-1: thing" file="src\/index\.ts" line="8">\s*<failure message="Things are right\." type="high">/,
    );
    match(xml, /a\[0\]: wrong&#10;b: wrong too&#10;Fix: Right it\.&#10;https:\/\/d<\/failure>/);
    match(xml, /<testcase classname="p" name="off">\s*<skipped message="disabled"\/>/);
    match(xml, /<testcase classname="q" name="r-2: the stack">/);
    match(report(), /<testcase classname="p" name="r-1"\/>/);
  });

  it("fails no case that does not count", () => {
    const xml = report(finding({ suppression: exception }), unknown, finding({ known: true, resource: bare.resource }));
    equal(xml.includes("<failure"), false);
    match(xml, /<testsuites [^>]*failures="0"/);
    match(
      report(finding({ suppression: exception })),
      /<skipped message="suppressed until 2026-12-31 by platform: &lt;b&gt;/,
    );
    match(report(unknown), /<system-out>note: cannot be told yet: b: not known yet<\/system-out>/);
  });
});
