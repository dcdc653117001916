import { deepEqual, equal } from "node:assert/strict";
import { join } from "node:path";
import { runPack } from "../../../cli/check/runPack";
import { AssetReference, type GraphObject, Secret, UNKNOWN } from "../../../contracts/graph";
import { parsePolicyConfiguration } from "../../../policy/configuration";
import { evaluate } from "../../../policy/evaluate";
import { findingText } from "../../../policy/findingText";
import { packs } from "../../../policy/packs";
import type { Evaluation } from "../../../policy/verdict";
import { declared, declaredComponent, graphOf, IN_ACCESS_POINT } from "../../policy/declared";
import { imagePreprocessor, LAMBDA, NATIVE_LAMBDA, preprocessor } from "../../policy/functions";

const GRAVITON = join(__dirname, "..", "..", "..", "policy", "graviton");

/** The same function under another name. */
const named = (name: string, resource: ReturnType<typeof preprocessor>) => ({
  ...resource,
  name,
  urn: resource.urn.replace(/::[^:]*$/, `::${name}`),
});

/** Everything that tells one finding from another. */
function facts({ verdicts, remediations }: Evaluation) {
  const found = verdicts.map(({ rule, resource, finding, violation }) => ({
    rule: rule.id,
    severity: rule.severity,
    title: rule.title,
    fix: rule.fix,
    docs: rule.docs,
    resource: resource?.urn,
    text: findingText(finding),
    status: finding.status,
    violation,
  }));
  return { found, mended: remediations.map(({ rule, resource }) => `${rule.id} ${resource.urn}`) };
}

/** Folder of each of our packs, which the real engine runs by path. */
const FOLDERS = Object.keys(packs).map((name) => [name, join(__dirname, "..", "..", "..", "policy", name)] as const);

/** Types of our packs are what `npm test` checks by itself; a pack's process would check them again at each start. */
function withoutTypes(): void {
  const name = "PULUMI_NODEJS_TRANSPILE_ONLY";
  const { [name]: given } = process.env;
  before(() => {
    process.env[name] = "true";
  });
  after(() => {
    if (given === undefined) delete process.env[name];
    else process.env[name] = given;
  });
}

const SECRETS: GraphObject = {
  instanceType: new Secret("ml.g5.xlarge"),
  instanceClass: new Secret("p3"),
  tags: new Secret({ a: "b" }),
};

/** Inputs that many rules have something to say about: nothing, what is not known, what is secret, what is wrong. */
const INPUTS: readonly GraphObject[] = [
  {},
  Object.fromEntries(
    ["instanceType", "resourceConfig", "productionVariants", "tags", "timeout", "runtime", "definition"].map((name) => [
      name,
      UNKNOWN,
    ]),
  ),
  SECRETS,
  {
    instanceType: "ml.g5.xlarge",
    runtime: "python3.7",
    timeout: 3,
    resourceConfig: { instanceType: "ml.p2.xlarge", instanceCount: 1, volumeSizeInGb: 30 },
    productionVariants: [{ variantName: "a", instanceType: "ml.g5.xlarge", initialInstanceCount: 1 }],
  },
];

describe("every pack of ours as a process and in this process", function () {
  this.timeout(240_000);
  withoutTypes();

  for (const [name, folder] of FOLDERS) {
    it(`says the same: ${name}`, async () => {
      const rules = packs[name] ?? [];
      const types = [...new Set(rules.flatMap((rule) => rule.types))];
      const resources = types.flatMap((type, at) =>
        INPUTS.map((inputs, index) => declared(type, `thing-${at}-${index}`, { ...inputs })),
      );
      const graph = graphOf(declaredComponent("pulumi:pulumi:Stack", "shop-test"), ...resources);
      const inProcess = facts(evaluate(graph, rules));
      const asProcess = facts(await runPack(folder, graph));
      // The engine hands secrets over unwrapped, so what is said of one may differ in its words, never in its verdict.
      const ofSecret = new Set(
        resources.filter((_, at) => INPUTS[at % INPUTS.length] === SECRETS).map(({ urn }) => urn),
      );
      const order = (found: typeof inProcess.found) =>
        found
          .map(({ text, ...verdict }) =>
            JSON.stringify(ofSecret.has(verdict.resource ?? "") ? verdict : { ...verdict, text }),
          )
          .sort();
      deepEqual(order(asProcess.found), order(inProcess.found));
      deepEqual(asProcess.mended, inProcess.mended);
      equal(inProcess.found.length > 0, true);
    });
  }
});

describe("a pack of ours as a process and its rules in this process", function () {
  this.timeout(120_000);
  withoutTypes();

  const arm = declared("docker-build:index:Image", "arm", { platforms: ["linux/arm64"] });
  const amd = declared("docker:index/image:Image", "amd", { build: { platform: "linux/amd64" } });
  const code = new AssetReference("assets", { "index.js": new AssetReference("text", "exports.handler = 1") });
  const component = declaredComponent("awsx:ecr:Image", "image", { platform: "linux/amd64" });
  const part = declared("aws:ecr/repository:Repository", "repository", {}, { parent: component.urn, provider: "p" });
  const graph = graphOf(
    declaredComponent("pulumi:pulumi:Stack", "shop-test"),
    arm,
    amd,
    component,
    part,
    named("good", preprocessor({ code })),
    named("absent", preprocessor({ architectures: null, code, environment: new Secret({ token: "hunter2" }) })),
    named("x86", preprocessor({ architectures: ["x86_64"] })),
    named("both", preprocessor({ architectures: ["arm64", "x86_64"] })),
    named("unknown", preprocessor({ architectures: UNKNOWN, role: UNKNOWN })),
    named("unknown-element", preprocessor({ architectures: [UNKNOWN] })),
    named("unknown-tags", preprocessor({ architectures: null, tags: UNKNOWN })),
    named("unknown-package", preprocessor({ packageType: UNKNOWN })),
    named("secret", preprocessor({ architectures: new Secret(["hunter2"]) })),
    named("read", { ...preprocessor({ architectures: [] }), external: true }),
    declared(LAMBDA, "other", { architectures: ["x86_64"] }),
    declared(LAMBDA, "in-access-point", { tags: {} }, { chain: IN_ACCESS_POINT }),
    declared(NATIVE_LAMBDA, "native", { tags: [{ key: "frugal-ml:workload", value: "preprocessing" }] }),
    named("image-arm", imagePreprocessor(arm)),
    named("image-amd", imagePreprocessor(amd)),
    named("image-component", imagePreprocessor(part)),
    named("image-given", imagePreprocessor()),
  );

  const configurations: readonly [string, object, violations: number, remediations: number][] = [
    ["by default", {}, 14, 0],
    [
      "mending, and only saying what cannot be told",
      { "graviton-preprocessing": { enforcementLevel: "remediate", remediate: true, onUnknown: "report" } },
      3,
      6,
    ],
  ];
  for (const [name, json, violations, remediations] of configurations) {
    it(`say the same ${name}`, async () => {
      const configuration = parsePolicyConfiguration(json);
      const inProcess = evaluate(graph, packs["graviton"] ?? [], configuration);
      const asProcess = await runPack(GRAVITON, graph, { configuration });
      deepEqual(facts(asProcess), facts(inProcess));
      equal(inProcess.verdicts.filter(({ violation }) => violation).length, violations);
      equal(inProcess.remediations.length, remediations);
      equal(JSON.stringify([inProcess.verdicts, asProcess.verdicts]).includes("hunter2"), false);
    });
  }
});
