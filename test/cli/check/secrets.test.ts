import { equal } from "node:assert/strict";
import { inspect } from "node:util";
import { checkGraph } from "../../../cli/check/checkGraph";
import { CHECK_FORMATS, checkReport } from "../../../cli/report/checkFormats";
import { AssetReference, type GraphObject, type GraphValue, Secret } from "../../../contracts/graph";
import { packs } from "../../../policy/packs";
import { declared, graphOf } from "../../policy/declared";
import { reportOptions } from "../report/checkResults";

const SECRET = "hunter2-in-clear";

/** Properties that rules look at, and some that they do not. */
const PROPERTIES = [
  "architectures",
  "instanceType",
  "instanceClass",
  "workerType",
  "tags",
  "timeout",
  "runtime",
  "pipelineDefinition",
  "definition",
  "policy",
  "productionVariants",
  "resourceConfig",
  "kmsKeyArn",
  "retentionInDays",
  "environment",
  "code",
  "name",
];

/** A secret as a value, in a list, in an object, under a key, in JSON, as an asset's text. */
const SHAPES: readonly ((property: string) => GraphValue)[] = [
  () => new Secret(SECRET),
  () => new Secret([SECRET]),
  () => [new Secret(SECRET)],
  () => new Secret({ instanceType: SECRET, [SECRET]: SECRET }),
  (property) => [{ instanceType: new Secret(SECRET), [property]: new Secret(SECRET) }],
  () => new Secret(JSON.stringify({ Steps: [{ Name: SECRET, Type: "Training", Arguments: { [SECRET]: SECRET } }] })),
  () => new Secret(new AssetReference("text", SECRET)),
];

describe("secrets", function () {
  this.timeout(60_000);

  it("print in no report, whatever property of whatever type holds them", async () => {
    const types = [...new Set(Object.values(packs).flatMap((rules) => rules.flatMap((rule) => rule.types)))];
    equal(types.length > 0, true);
    let findings = 0;
    for (const [index, shape] of SHAPES.entries()) {
      const inputs: GraphObject = Object.fromEntries(PROPERTIES.map((property) => [property, shape(property)]));
      const resources = types.map((type, number) => declared(type, `thing-${number}`, inputs));
      const result = await checkGraph(graphOf(...resources));
      findings += result.findings.length;
      for (const format of CHECK_FORMATS) {
        const { text } = checkReport(format, result, reportOptions);
        equal(
          text.includes(SECRET),
          false,
          `${format} of shape ${index}: ${text.slice(text.indexOf(SECRET) - 200, text.indexOf(SECRET) + 50)}`,
        );
      }
      equal(inspect(result.findings.map(({ finding }) => finding)).includes(SECRET), false);
    }
    equal(findings > 0, true);
  });
});
