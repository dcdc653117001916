import { deepEqual, equal, match } from "node:assert/strict";
import { checkAnnotations } from "../../../cli/report/checkAnnotations";
import { bare, exception, fails, finding, manyFindings, reportOptions, resultOf, unknown } from "./checkResults";

describe("annotations", () => {
  const lines = (...findings: Parameters<typeof resultOf>[0]) =>
    checkAnnotations(resultOf(findings), reportOptions).trimEnd().split("\n");

  it("are workflow commands at the lines of the program, and a line of counts", () => {
    deepEqual(lines(fails, unknown, bare, finding({ suppression: exception }), finding({ known: true })), [
      "::error file=src/index.ts,line=8,col=3,title=r-1%3A thing::a[0]: wrong%0AFix: Right it.",
      "::error file=infra/Pulumi.yaml,line=1,col=1,title=r-2::one%0Atwo",
      "::warning file=src/index.ts,line=8,col=3,title=r-1%3A thing::cannot be told yet: b: not known yet%0AFix: Right it.",
      "2 violations, 1 note, 1 of these cannot be told yet, 1 suppressed, 1 in the baseline: 3 resources of shop/dev, checked by p@1.0.0 (1 rule), q (0 rules)",
    ]);
  });

  it("start no command of their own", () => {
    const hostile = finding({
      finding: { status: "fail", path: "", message: "50%\r\n::set-output name=x::y" },
      location: { file: "a,b:c\n.ts", line: 1, column: 1 },
    });
    const [first, ...others] = lines(hostile);
    match(first ?? "", /file=a%2Cb%3Ac%0A\.ts,.*::50%25%0D%0A::set-output name=x::y%0AFix/);
    equal(
      others.some((line) => line.startsWith("::")),
      false,
    );
  });

  it("are ten of each kind, and say how many more there are", () => {
    const many = lines(...manyFindings(60));
    equal(many.filter((line) => line.startsWith("::error")).length, 10);
    equal(many.filter((line) => line.startsWith("::warning")).length, 10);
    equal(many.at(-1), "40 more than GitHub annotates; the step summary lists them.");
  });
});
