import { deepEqual, equal } from "node:assert/strict";
import { parsePolicyConfiguration } from "../../policy/configuration";
import { dependencyIndex, stackIndex } from "../../policy/dependencies";
import { evaluate } from "../../policy/evaluate";
import { gravitonRules } from "../../policy/graviton/rules";
import { declared, declaredComponent, graphOf } from "./declared";
import { preprocessor } from "./functions";

describe("evaluate", () => {
  const x86 = preprocessor({ architectures: ["x86_64"] });
  const violationsUnder = (configuration: object, resource = x86) =>
    evaluate(graphOf(resource), gravitonRules, parsePolicyConfiguration(configuration)).verdicts.map(
      (v) => v.violation,
    );

  it("makes a mandatory finding a violation", () => deepEqual(violationsUnder({}), [true]));
  it("shows an advisory one", () => deepEqual(violationsUnder({ "graviton-preprocessing": "advisory" }), [false]));
  it("does not evaluate a disabled rule", () => deepEqual(violationsUnder({ all: "disabled" }), []));
  it("does not judge what the program only reads", () =>
    deepEqual(violationsUnder({}, { ...x86, external: true }), []));
});

describe("dependencies", () => {
  const leaf = declared("t:i:Leaf", "leaf");
  const group = declaredComponent("t:i:Group", "group");
  const stack = declaredComponent("pulumi:pulumi:Stack", "stack");
  const inner = declared("t:i:Inner", "inner", {}, { parent: group.urn, dependencies: [leaf.urn] });
  const root = declared("t:i:Root", "root", {}, { parent: stack.urn });
  const all = [stack, leaf, group, inner, root];
  const names = (
    dependencies: readonly string[],
    properties?: readonly string[],
    on: Record<string, string[]> = {},
  ) => {
    const top = declared("t:i:Top", "top", {}, { parent: stack.urn, dependencies, propertyDependencies: on });
    return dependencyIndex([...all, top])(top, properties).map(({ name }) => name);
  };

  it("go through others", () => deepEqual(names([inner.urn]), ["inner", "leaf", "group"]));
  it("on a component are on what is inside it", () => deepEqual(names([group.urn]), ["group", "inner", "leaf"]));
  it("never reach the stack's other resources", () => deepEqual(names([root.urn]), ["root"]));
  it("can start from some properties", () =>
    deepEqual(names([leaf.urn, root.urn], ["image", "none"], { image: [root.urn] }), ["root"]));
  it("end in a circle", () => {
    const a = declared("t:i:A", "a");
    const circle = [
      { ...a, dependencies: [leaf.urn] },
      { ...leaf, dependencies: [a.urn] },
    ];
    deepEqual(
      dependencyIndex(circle)(a).map(({ name }) => name),
      ["leaf"],
    );
  });
});

describe("stack index", () => {
  const provider = declared("pulumi:providers:aws", "provider");
  const leaf = declared("t:i:Leaf", "leaf", {}, { provider: provider.urn });
  const named = declared("t:i:User", "named", {}, { propertyDependencies: { name: [leaf.urn], other: [] } });
  const ordered = declared("t:i:User", "ordered", {}, { dependencies: [leaf.urn] });
  const index = stackIndex([provider, leaf, named, ordered]);
  const names = (resources: readonly { readonly name: string }[]) => resources.map(({ name }) => name);

  it("finds what depends on a resource, by any way or through some properties", () => {
    deepEqual(names(index.dependentsOf(leaf)), ["named", "ordered"]);
    deepEqual(names(index.dependentsOf(leaf, ["name"])), ["named"]);
    deepEqual(names(index.dependentsOf(leaf, ["other"])), []);
    deepEqual(names(index.dependentsOf(named)), []);
  });
  it("finds resources by type, and keeps the list", () => {
    deepEqual(names(index.ofTypes(["t:i:User", "t:i:Leaf", "t:i:None"])), ["named", "ordered", "leaf"]);
    equal(index.ofTypes(["t:i:User"]), index.ofTypes(["t:i:User"]));
  });
  it("finds a resource's provider", () => {
    equal(index.providerOf(leaf)?.name, "provider");
    equal(index.providerOf(named), undefined);
  });
});
