import assert from "node:assert/strict";
import { GraphInputs } from "../../../cli/local/graphInputs";
import { LocalPlaneError } from "../../../cli/local/localPlaneError";
import { type GraphObject, Secret, UNKNOWN } from "../../../contracts/graph";

function inputsOf(inputs: GraphObject): GraphInputs {
  const rest = { custom: true, dependencies: [], propertyDependencies: {}, options: {} };
  return GraphInputs.of({ urn: "urn", type: "aws:x:Y", name: "one", inputs, ...rest });
}

describe("cli/local/graphInputs", () => {
  it("reads values of the type that is asked for, secrets too", () => {
    const inputs = inputsOf({
      text: "a",
      secret: new Secret("b"),
      number: 3,
      object: { inner: "c" },
      list: [{ inner: "d" }, new Secret({ inner: "e" })],
      nothing: null,
    });
    assert.equal(inputs.text("text"), "a");
    assert.equal(inputs.text("secret"), "b");
    assert.equal(inputs.number("number"), 3);
    assert.deepEqual(inputs.object("object").texts(), { inner: "c" });
    assert.deepEqual(
      inputs.objects("list").map((item) => item.text("inner")),
      ["d", "e"],
    );
    assert.equal(inputs.text("nothing"), undefined);
    assert.equal(inputs.number("absent"), undefined);
    assert.deepEqual(inputs.object("absent").texts(), {});
    assert.deepEqual(inputs.objects("absent"), []);
    assert.deepEqual(inputs.pick("text", "secret"), { text: "a", secret: "b" });
  });

  for (const [what, read] of [
    ["text must be a string", (inputs: GraphInputs) => inputs.text("text")],
    ["number must be a number", (inputs: GraphInputs) => inputs.number("number")],
    ["object must be an object", (inputs: GraphInputs) => inputs.object("object")],
    ["list must be a list", (inputs: GraphInputs) => inputs.objects("list")],
    ["mixed[1] must be an object", (inputs: GraphInputs) => inputs.objects("mixed")],
    ["unknown must be known on this machine", (inputs: GraphInputs) => inputs.text("unknown")],
    ["deep must be known on this machine", (inputs: GraphInputs) => inputs.object("deep")],
    ["absent must be a string", (inputs: GraphInputs) => inputs.requiredText("absent")],
  ] as const) {
    it(`refuses with its place: ${what}`, () => {
      const inputs = inputsOf({
        text: 1,
        number: "1",
        object: [],
        list: {},
        mixed: [{}, 1],
        unknown: UNKNOWN,
        deep: { inner: [UNKNOWN] },
      });
      assert.throws(
        () => read(inputs),
        (error) => error instanceof LocalPlaneError && error.message === `one (aws:x:Y): ${what}`,
      );
    });
  }
});
