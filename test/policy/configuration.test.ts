import { deepEqual, throws } from "node:assert/strict";
import { InvalidInputError } from "../../contracts/problems";
import { enforcementOf, parsePolicyConfiguration } from "../../policy/configuration";

describe("policy configuration", () => {
  it("reads levels and parameters as Pulumi spells them", () => {
    deepEqual(
      parsePolicyConfiguration({ all: "advisory", a: "mandatory", b: { enforcementLevel: "disabled", size: 3 } }),
      {
        all: { enforcement: "advisory", parameters: {} },
        a: { enforcement: "mandatory", parameters: {} },
        b: { enforcement: "disabled", parameters: { size: 3 } },
      },
    );
  });

  it("takes the policy's own word, then everyone's, then the default", () => {
    const configuration = parsePolicyConfiguration({ all: "advisory", a: "mandatory", b: { size: 3 } });
    deepEqual(
      ["a", "b", "c"].map((policy) => enforcementOf(configuration, policy, "remediate")),
      ["mandatory", "advisory", "advisory"],
    );
    deepEqual(enforcementOf({}, "a", "remediate"), "remediate");
  });

  it("refuses every wrong entry at once", () => {
    const wrong = {
      a: "required",
      b: 1,
      c: { enforcementLevel: "off" },
      all: { size: 3 },
      environments: ["prod"],
      ok: "advisory",
    };
    throws(
      () => parsePolicyConfiguration(wrong),
      (error) => {
        const properties = error instanceof InvalidInputError ? error.problems.map(({ property }) => property) : [];
        deepEqual(properties, ["a", "b", "c.enforcementLevel", "all", "environments"]);
        return true;
      },
    );
    for (const json of [[], null, "mandatory"]) throws(() => parsePolicyConfiguration(json), InvalidInputError);
  });
});
