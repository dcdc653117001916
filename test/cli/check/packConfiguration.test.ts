import { deepEqual, throws } from "node:assert/strict";
import { configureRequest, settlePolicies } from "../../../cli/check/packConfiguration";
import type { PackPolicy } from "../../../cli/check/packPolicy";
import { InvalidInputError } from "../../../contracts/problems";
import { parsePolicyConfiguration } from "../../../policy/configuration";

const policy = (id: string, over: Partial<PackPolicy> = {}): PackPolicy => ({
  rule: { id, pack: "acme", title: id },
  enforcement: "mandatory",
  parameters: { length: { type: "integer", minimum: 1, default: 8 }, owner: { type: "string", default: "acme" } },
  required: [],
  initial: { owner: "them" },
  ...over,
});

const settle = (configuration: object, ...policies: PackPolicy[]) =>
  settlePolicies(policies, parsePolicyConfiguration(configuration));

describe("configuration of anyone's pack", () => {
  it("lays the given over the pack's own over the schema's defaults", () => {
    const [first, second] = settle({ all: "advisory", a: { length: 2 } }, policy("a"), policy("b", { initial: {} }));
    deepEqual([first?.enforcement, first?.parameters], ["advisory", { length: 2, owner: "them" }]);
    deepEqual([second?.enforcement, second?.parameters], ["advisory", { length: 8, owner: "acme" }]);
  });

  it("refuses everything that schemas refuse", () => {
    throws(
      () => settle({ a: { length: 0, owner: ["me"] } }, policy("a"), policy("b", { required: ["team"] })),
      (error) => {
        const properties = error instanceof InvalidInputError ? error.problems.map(({ property }) => property) : [];
        deepEqual(properties, ["a.length", "a.owner", "b.team"]);
        return true;
      },
    );
  });

  it("minds a schema that cannot be read only where it is configured", () => {
    const odd = policy("a", { parameters: { length: { $ref: "https://example.com/schema" } }, initial: {} });
    deepEqual(settle({}, odd).length, 1);
    throws(() => settle({ a: { length: 2 } }, odd), InvalidInputError);
  });

  it("travels as the protocol spells it", () => {
    const request = configureRequest(settle({ a: "remediate" }, policy("a")));
    const sent = request.getPolicyconfigMap().get("a");
    deepEqual([sent?.getEnforcementlevel(), sent?.getProperties()?.toJavaScript()], [3, { length: 8, owner: "them" }]);
  });
});
