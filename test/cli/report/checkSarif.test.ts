import { deepEqual, equal, match, ok } from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import Ajv from "ajv-draft-04";
import formats from "ajv-formats";
import { checkSarif } from "../../../cli/report/checkSarif";
import { bare, exception, fails, finding, manyFindings, reportOptions, resultOf, rule, unknown } from "./checkResults";

const SCHEMA: object = JSON.parse(readFileSync(join(__dirname, "fixtures", "sarif-schema-2.1.0.json"), "utf8"));

/** The parts of a log that tests look at. */
interface Log {
  readonly runs: readonly {
    readonly automationDetails: { readonly id: string };
    readonly tool: {
      readonly driver: { readonly rules: readonly { readonly id: string; readonly properties: object }[] };
    };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations: readonly { readonly physicalLocation: object }[];
      readonly partialFingerprints: Readonly<Record<string, string>>;
    }[];
  }[];
}

describe("SARIF", function () {
  this.timeout(60_000);
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default(ajv);
  const validate = ajv.compile(SCHEMA);
  const problems = (text: string) => {
    validate(JSON.parse(text));
    return validate.errors ?? [];
  };
  const own = finding({ rule: { id: "exception-unused", pack: "check", title: "Exceptions are about something" } });

  it("is valid by the official schema, whatever is in it", () => {
    const odd = finding({
      rule: { ...rule, id: "odd", title: "x".repeat(3000), docs: "not an address", why: "<b>\u0000" },
      location: { file: "a b/ü#?\ud800.ts", line: 3, column: 2 },
      finding: { status: "fail", path: "", message: "" },
    });
    for (const findings of [[], [fails, unknown, bare, own, odd], manyFindings(5000)]) {
      deepEqual(problems(checkSarif(resultOf(findings), reportOptions).text), []);
    }
    const { text } = checkSarif(resultOf([fails]), reportOptions);
    equal(problems(text.replace('"2.1.0"', '"2.2.0"')).length > 0, true);
    equal(problems(text.replace('"startLine":8', '"startLine":0')).length > 0, true);
  });

  it("says what code scanning needs of each rule and result", () => {
    const log: Log = JSON.parse(checkSarif(resultOf([fails, unknown, bare, own]), reportOptions).text);
    deepEqual(
      log.runs.map(({ automationDetails, results }) => [automationDetails.id, results.length]),
      [
        ["frugal-ml/p/shop/dev/", 2],
        ["frugal-ml/q/shop/dev/", 1],
        ["frugal-ml/check/shop/dev/", 1],
      ],
    );
    const [first, second] = log.runs;
    deepEqual(first?.tool.driver.rules[0]?.properties, {
      tags: ["pulumi", "cost"],
      "security-severity": "8.0",
      "problem.severity": "high",
    });
    const [result, note] = first?.results ?? [];
    deepEqual([result?.ruleId, result?.ruleIndex, result?.level, note?.level], ["r-1", 0, "error", "warning"]);
    equal(result?.message.text, "thing (t:i:Thing): a[0]: wrong\nFix: Right it.");
    deepEqual(result?.locations[0]?.physicalLocation, {
      artifactLocation: { uri: "src/index.ts", uriBaseId: "%SRCROOT%" },
      region: { startLine: 8, startColumn: 3, endLine: 8, endColumn: 4 },
    });
    match(result?.partialFingerprints["primaryLocationLineHash"] ?? "", /^[0-9a-f]{32}:1$/);
    match(JSON.stringify(second?.results[0]?.locations), /infra\/Pulumi\.yaml/);
  });

  it("keeps what repeats apart, and leaves out what is suppressed", () => {
    const log: Log = JSON.parse(
      checkSarif(resultOf([fails, fails, finding({ suppression: exception })]), reportOptions).text,
    );
    const hashes = log.runs[0]?.results.map(
      ({ partialFingerprints }) => partialFingerprints["primaryLocationLineHash"],
    );
    deepEqual(hashes, [`${fails.fingerprint}:1`, `${fails.fingerprint}:2`]);
  });

  it("stays within what GitHub takes, and says what it leaves out", () => {
    const many = resultOf(manyFindings(300));
    const { text, warnings } = checkSarif(many, reportOptions, { results: 100, gzippedBytes: 10_000_000 });
    const log: Log = JSON.parse(text);
    equal(
      log.runs.reduce((sum, { results }) => sum + results.length, 0),
      100,
    );
    deepEqual(warnings, ["SARIF leaves out the 200 least severe of 300 findings, since GitHub takes no more"]);
    const noisy = manyFindings(300).map((one) => ({
      ...one,
      finding: { ...one.finding, message: randomBytes(100).toString("hex") },
    }));
    const small = checkSarif(resultOf(noisy), reportOptions, { results: 25_000, gzippedBytes: 20_000 });
    ok(gzipSync(small.text).length <= 20_000);
    match(small.warnings[0] ?? "", /leaves out the \d+ least severe of 300/);
    deepEqual(problems(small.text), []);
    equal(checkSarif(many, reportOptions).warnings.length, 0);
  });
});
