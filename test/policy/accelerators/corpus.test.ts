import { deepEqual, ok } from "node:assert/strict";
import path from "node:path";
import {
  type GraphObject,
  type GraphResource,
  type GraphValue,
  isGraphObject,
  Secret,
  UNKNOWN,
} from "../../../contracts/graph";
import { acceleratorRules } from "../../../policy/accelerators/rules";
import { evaluate } from "../../../policy/evaluate";
import type { Verdict } from "../../../policy/verdict";
import { DeclaredInputs } from "../../engine/declaredInputs";
import { declared, graphOf } from "../declared";
import { HIDING_PLACES, type HidingPlaces, TRAINING_PLACES, WORKER_PLACES } from "./hidingPlaces";
import { accelerated, capitalised, innocent, placed } from "./placed";

/** How a value is given: plain, not known yet, secret, or in a text. */
type Form = "literal" | "unknown" | "unknown above" | "secret" | "secret above" | "in a template" | "in Cloud Control";

interface Case {
  readonly name: string;
  readonly rule: string;
  readonly resource: GraphResource;
  readonly expected: "fail" | "unknown";
}

const FORMS: readonly Form[] = [
  "literal",
  "unknown",
  "unknown above",
  "secret",
  "secret above",
  "in a template",
  "in Cloud Control",
];

const cases: readonly Case[] = HIDING_PLACES.flatMap((place) =>
  place.paths.flatMap((at) => FORMS.flatMap((form) => casesOf(place, at, form))),
);

function casesOf({ rule, type, cloudFormation }: HidingPlaces, at: string, form: Form): readonly Case[] {
  const value = accelerated(at);
  const name = `${type} ${at} ${form}`;
  const made = (inputs: GraphObject, expected: Case["expected"]): Case => ({
    name,
    rule,
    resource: declared(type, "p3-g5-c7g", inputs),
    expected,
  });
  switch (form) {
    case "literal":
      return [made(placed(at, value), "fail")];
    case "unknown":
      return [made(placed(at, UNKNOWN), "unknown")];
    case "unknown above":
      return [
        made(
          topLevel(placed(at, value), () => UNKNOWN),
          "unknown",
        ),
      ];
    case "secret":
      return [made(placed(at, new Secret(value)), "fail")];
    case "secret above":
      return [
        made(
          topLevel(placed(at, value), (inner) => new Secret(inner)),
          "fail",
        ),
      ];
    default:
      return cloudFormation === undefined ? [] : [hidden(name, cloudFormation, apiInputs(at, value), form)];
  }
}

function topLevel(inputs: GraphObject, change: (value: GraphValue) => GraphValue): GraphObject {
  return Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, change(value)]));
}

/** The same inputs as an API takes them, names capitalised at every depth but those that are data. */
function apiInputs(at: string, value: GraphValue): GraphObject {
  const spelled = (inner: GraphValue): GraphValue => {
    if (Array.isArray(inner)) return inner.map(spelled);
    if (!isGraphObject(inner) || "nvidia.com/gpu" in inner) return inner;
    return Object.fromEntries(Object.entries(inner).map(([key, each]) => [capitalised(key), spelled(each)]));
  };
  return placed(capitalised(at), spelled(value));
}

function hidden(name: string, cloudFormation: string, properties: GraphObject, form: Form): Case {
  const inCloudControl = form === "in Cloud Control";
  const template = { Resources: { Hidden: { Type: cloudFormation, Properties: properties } } };
  const inputs: GraphObject = inCloudControl
    ? { typeName: cloudFormation, desiredState: JSON.stringify(properties) }
    : { templateBody: JSON.stringify(template) };
  const type = inCloudControl ? "aws:cloudcontrol/resource:Resource" : "aws:cloudformation/stack:Stack";
  return { name, rule: "accelerator-template", resource: declared(type, "hidden", inputs), expected: "fail" };
}

function verdictsOf(...resources: readonly GraphResource[]): readonly Verdict[] {
  return evaluate(graphOf(...resources), acceleratorRules).verdicts;
}

/** Every text in a value, for what must not be printed. */
function textsIn(value: GraphValue): readonly string[] {
  if (value instanceof Secret) return textsIn(value.value);
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

describe("violation corpus of the accelerators pack", () => {
  it(`has ${cases.length} cases, of which none is missed`, () => {
    ok(cases.length >= 300);
    const missed = cases.filter(({ rule, resource, expected }) => {
      const verdicts = verdictsOf(resource);
      return !verdicts.some((verdict) => verdict.rule.id === rule && verdict.finding.status === expected);
    });
    deepEqual(
      missed.map(({ name, expected }) => `${name}: ${expected}`),
      [],
    );
  });

  it("is refused by the rules about its own type alone", () => {
    const strangers = cases.flatMap(({ name, rule, resource }) => {
      const own = [rule, ...HIDING_PLACES.filter(({ type }) => type === resource.type).map((place) => place.rule)];
      return verdictsOf(resource).flatMap(({ rule: { id } }) => (own.includes(id) ? [] : [`${name}: ${id}`]));
    });
    deepEqual(strangers, []);
  });

  it("refuses the update for all that is certain", () => {
    const soft = cases.filter(({ resource, expected }) =>
      verdictsOf(resource).some(
        ({ finding, violation }) => finding.status === "fail" && !violation && expected === "fail",
      ),
    );
    deepEqual(soft, []);
  });

  it("prints no secret", () => {
    const printed = cases.flatMap(({ name, resource }) => {
      if (!name.includes("secret")) return [];
      const said = JSON.stringify(verdictsOf(resource).map(({ finding }) => finding.message));
      const given = Object.values(resource.inputs)
        .flatMap(textsIn)
        .filter((text) => text.length > 3);
      return given.filter(
        (text) => said.includes(text) || said.includes(`family ${text.replace(/^ml\./, "").split(".")[0]},`),
      );
    });
    deepEqual(printed, []);
  });

  it("finds a worker of Glue that is not documented, and cannot tell an unknown one", () => {
    for (const { rule, type } of WORKER_PLACES) {
      for (const workerType of ["GPU.1X", UNKNOWN, new Secret(UNKNOWN)]) {
        const verdicts = verdictsOf(declared(type, "glue", { workerType }));
        deepEqual(
          verdicts.map((verdict) => [verdict.rule.id, verdict.finding.status]),
          [[rule, "unknown"]],
        );
      }
    }
  });

  it("lists places that the provider's types declare", () => {
    const types = new DeclaredInputs(path.dirname(require.resolve("@pulumi/aws/package.json")));
    const wrong = [...HIDING_PLACES, ...WORKER_PLACES, ...TRAINING_PLACES].flatMap(({ type, paths }) =>
      paths.flatMap((at) =>
        types
          .problems(type, JSON.parse(JSON.stringify(placed(at, accelerated(at)))))
          .flatMap(({ property, reason }) =>
            /required/.test(reason) ? [] : [`${type} ${property}: ${reason.slice(0, 80)}`],
          ),
      ),
    );
    deepEqual(wrong, []);
  }).timeout(120_000);
});

describe("innocents of the accelerators pack", () => {
  const places = [...HIDING_PLACES, ...WORKER_PLACES];

  it("families that only look accelerated pass at every place", () => {
    const accused = places.flatMap(({ type, paths }) =>
      paths.flatMap((at) =>
        verdictsOf(declared(type, "p3-2xlarge-g5", placed(at, innocent(at)))).map(
          ({ finding }) => `${type} ${finding.path}: ${finding.message}`,
        ),
      ),
    );
    deepEqual(accused, []);
  });

  it("they pass in templates and in Cloud Control too", () => {
    const accused = HIDING_PLACES.flatMap(({ cloudFormation, paths }) =>
      paths.flatMap((at) =>
        cloudFormation === undefined
          ? []
          : (["in a template", "in Cloud Control"] as const).flatMap((form) =>
              verdictsOf(hidden("", cloudFormation, apiInputs(at, innocent(at)), form).resource).map(
                ({ finding }) => `${cloudFormation} ${finding.path}: ${finding.message}`,
              ),
            ),
      ),
    );
    deepEqual(accused, []);
  });

  it("training may have any accelerator, also an unknown and a secret one", () => {
    const accused = TRAINING_PLACES.flatMap(({ type, paths }) =>
      paths.flatMap((at) =>
        ["ml.p3.2xlarge", "ml.trn1.2xlarge", UNKNOWN, new Secret("ml.p5.48xlarge")].flatMap((value) =>
          verdictsOf(declared(type, "training", placed(at, value))).map(({ finding }) => `${type} ${finding.path}`),
        ),
      ),
    );
    deepEqual(accused, []);
  });

  it("a resource that asks for nothing passes", () => {
    deepEqual(
      verdictsOf(...places.map(({ type }, index) => declared(type, `p3-${index}`, { name: "g5-p3.2xlarge" }))),
      [],
    );
  });
});
