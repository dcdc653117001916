import { deepEqual, equal } from "node:assert/strict";
import { compareFindings, counts } from "../../../cli/check/checkFinding";
import { violations } from "../../../cli/check/checkResult";
import type { Exception } from "../../../cli/check/exceptions/exception";
import { failing } from "../../../cli/check/failOn";
import { type SettleOptions, settleFindings } from "../../../cli/check/settleFindings";
import type { PackResult, Verdict } from "../../../policy/verdict";
import { declared } from "../../policy/declared";
import { finding, resultOf, rule } from "../report/checkResults";

const thing = declared("t:i:Thing", "thing");
const other = declared("t:i:Thing", "other");
const verdict = (change: Partial<Verdict> = {}): Verdict => ({
  rule,
  resource: thing,
  finding: { status: "fail", path: "a", message: "wrong" },
  violation: true,
  ...change,
});
const pack = (...verdicts: Verdict[]): PackResult => ({
  pack: "p",
  policies: [{ rule, enforcement: "mandatory", declared: "mandatory" }],
  verdicts,
  remediations: [],
});
const stack = { project: "shop", stack: "test" };
const exception = (change: Partial<Exception> = {}): Exception => ({
  rule: "r-1",
  resource: "t:i:Thing::thing",
  owner: "o",
  reason: "r",
  expires: "2026-06-30",
  line: 4,
  ...change,
});
const settle = (verdicts: readonly Verdict[], options: SettleOptions = {}) =>
  settleFindings([pack(...verdicts)], stack, { now: new Date("2026-06-15T12:00:00Z"), ...options });
const excepted = (exceptions: readonly Exception[], now: string, ...verdicts: Verdict[]) =>
  settle(verdicts, { exceptions: { file: "e.yaml", exceptions }, now: new Date(now) }).map(
    ({ rule: { id }, suppression, violation, location }) => [id, suppression?.owner, violation, location?.line],
  );

describe("exceptions", () => {
  it("suppress what they name, by type and name, URN or pattern", () => {
    const onOther = verdict({ resource: other });
    for (const resource of [
      "t:i:Thing::thing",
      "urn:pulumi:test::shop::t:i:Thing::thing",
      "*::t*ing",
      "urn:pulumi:*::shop::*::thing",
    ]) {
      deepEqual(
        excepted([exception({ resource })], "2026-06-15", verdict(), onOther),
        [
          ["r-1", undefined, true, undefined],
          ["r-1", "o", true, undefined],
        ],
        resource,
      );
    }
    deepEqual(excepted([exception({ resource: "t.i:Thing::thing" })], "2026-06-15", verdict())[0]?.slice(0, 2), [
      "r-1",
      undefined,
    ]);
    deepEqual(excepted([exception({ rule: "*" })], "2026-06-15", verdict()), [["r-1", "o", true, undefined]]);
  });

  it("hold through their last day, then count as findings and cover nothing", () => {
    deepEqual(excepted([exception()], "2026-06-30T23:59:59Z", verdict()), [["r-1", "o", true, undefined]]);
    deepEqual(excepted([exception()], "2026-07-01T00:00:00Z", verdict()), [
      ["r-1", undefined, true, undefined],
      ["exception-expired", undefined, true, 4],
    ]);
    deepEqual(excepted([exception(), exception({ expires: "2027-01-01", owner: "n" })], "2026-07-01", verdict()), [
      ["r-1", "n", true, undefined],
      ["exception-expired", undefined, true, 4],
    ]);
  });

  it("that are about nothing are noted, and refuse once they have expired", () => {
    deepEqual(excepted([exception({ rule: "r-9" })], "2026-06-15"), [["exception-unused", undefined, false, 4]]);
    deepEqual(excepted([exception({ rule: "r-9" })], "2026-07-15"), [["exception-unused", undefined, true, 4]]);
  });

  it("cannot cover a finding on exceptions", () => {
    const own = exception({ rule: "exception-unused", resource: "*" });
    deepEqual(
      excepted([own], "2026-06-15").map(([id, owner]) => [id, owner]),
      [["exception-unused", undefined]],
    );
  });
});

describe("a baseline", () => {
  const baselineOf = (...verdicts: Verdict[]) => ({ version: 1 as const, ...stack, findings: [...settle(verdicts)] });

  it("knows what was there: the same rule, resource and property, whatever the message and line", () => {
    const baseline = baselineOf(verdict());
    const moved = { ...thing, location: { file: "b.ts", line: 9, column: 1 } };
    const reworded = verdict({ resource: moved, finding: { status: "fail", path: "a", message: "still wrong" } });
    deepEqual(
      settle([reworded], { baseline }).map(({ known }) => known),
      [true],
    );
    for (const fresh of [
      verdict({ resource: other }),
      verdict({ rule: { ...rule, id: "r-2" } }),
      verdict({ finding: { status: "fail", path: "b", message: "wrong" } }),
    ]) {
      deepEqual(
        settle([fresh], { baseline }).map(({ known }) => known),
        [false],
      );
    }
  });

  it("counts: of two where there was one, one is new", () => {
    const findings = settle([verdict(), verdict()], { baseline: baselineOf(verdict()) });
    deepEqual(findings.map(counts), [false, true]);
  });

  it("does not know what was suppressed then", () => {
    const then = settle([verdict()], { exceptions: { file: "e", exceptions: [exception()] } });
    const baseline = { version: 1 as const, ...stack, findings: [...then] };
    deepEqual(settle([verdict()], { baseline }).map(counts), [true]);
  });
});

describe("findings", () => {
  it("come worst first, then by file and line", () => {
    const at = (severity: "critical" | "low", file: string, line: number) =>
      finding({ rule: { ...rule, severity }, location: { file, line, column: 1 } });
    const { severity: _, ...plain } = rule;
    const none = finding({ rule: plain, location: { file: "a.ts", line: 1, column: 1 } });
    const expected = [
      at("critical", "a.ts", 9),
      at("critical", "b.ts", 10),
      at("critical", "b.ts", 11),
      at("low", "a.ts", 1),
      none,
    ];
    deepEqual([...expected].reverse().sort(compareFindings), expected);
  });

  it("fail a check by what it is told, unless suppressed or known", () => {
    const { severity: _, ...plain } = rule;
    const findings = [
      finding({ rule: { ...rule, severity: "critical" }, violation: false }),
      finding({ rule: { ...rule, severity: "low" } }),
      finding({ rule: plain }),
      finding({ rule: { ...rule, severity: "critical" }, known: true }),
      finding({ suppression: { owner: "o", reason: "r", expires: "2026-01-01" } }),
    ];
    const result = resultOf(findings);
    deepEqual(
      (["violation", "note", "critical", "high", "medium", "low", "never"] as const).map(
        (failOn) => failing(result, failOn).length,
      ),
      [2, 3, 2, 2, 2, 3, 0],
    );
    equal(violations(result).length, 2);
  });

  it("say when the configuration made a mandatory rule weaker", () => {
    const policies = [
      { rule: { ...rule, id: "a" }, enforcement: "advisory", declared: "mandatory" },
      { rule: { ...rule, id: "b" }, enforcement: "disabled", declared: "mandatory" },
      { rule: { ...rule, id: "c" }, enforcement: "mandatory", declared: "mandatory", lenient: true },
      { rule: { ...rule, id: "d" }, enforcement: "remediate", declared: "mandatory" },
      { rule: { ...rule, id: "e" }, enforcement: "disabled", declared: "advisory" },
    ] as const;
    const found = settleFindings([{ ...pack(), policies }], stack, {});
    deepEqual(
      found.map((one) => [one.rule.id, one.finding.path, one.violation]),
      [
        ["rule-weakened", "a", false],
        ["rule-weakened", "b", false],
        ["rule-weakened", "c", false],
      ],
    );
  });
});
