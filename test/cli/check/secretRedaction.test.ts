import { equal } from "node:assert/strict";
import { secretRedaction } from "../../../cli/check/secretRedaction";
import { Secret, UNKNOWN } from "../../../contracts/graph";
import { declared, graphOf } from "../../policy/declared";

describe("secrets in what packs say", () => {
  const inputs = {
    token: new Secret("hunter2"),
    longer: new Secret({ list: ["hunter2-and-more", 123456, true, UNKNOWN], short: "x" }),
    quoted: new Secret('a"b\\nc'),
    open: "visible",
  };
  const redact = secretRedaction(
    graphOf(declared("t:i:T", "t", inputs, { outputs: { key: new Secret("output-key") } })),
  );
  const cases: readonly [string, string, string][] = [
    ["are blanked out", "is hunter2, or hunter2?", "is [secret], or [secret]?"],
    ["are blanked out whole", "is hunter2-and-more", "is [secret]"],
    ["are blanked out as numbers", "is 123456", "is [secret]"],
    ["are blanked out as JSON spells them", JSON.stringify({ quoted: 'a"b\\nc' }), '{"quoted":"[secret]"}'],
    ["are blanked out of outputs", "output-key", "[secret]"],
    ["leave the rest", "x is visible and true", "x is visible and true"],
  ];
  for (const [name, text, expected] of cases) it(name, () => equal(redact(text), expected));
});
