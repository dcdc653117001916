import { deepEqual, equal } from "node:assert/strict";
import { type GraphObject, type GraphResource, Secret, UNKNOWN } from "../../../contracts/graph";
import { parsePolicyConfiguration } from "../../../policy/configuration";
import { evaluate } from "../../../policy/evaluate";
import { gravitonRules } from "../../../policy/graviton/rules";
import { declared, graphOf } from "../declared";
import { LAMBDA, NATIVE_LAMBDA } from "../functions";
import { assertSuppressed } from "../suppressed";

const WORKS = { "frugal-ml:workload": "preprocessing" };
const ASKS = { "frugal-ml:workload": "inference" };

/** Status and path of what one rule finds, for example `fail architectures`. */
function found(rule: string, resources: readonly GraphResource[], config: object = {}): readonly string[] {
  const rules = gravitonRules.filter(({ id }) => id === rule);
  const { verdicts } = evaluate(graphOf(...resources), rules, parsePolicyConfiguration({ [rule]: config }));
  return verdicts.map(({ finding, violation }) => `${finding.status} ${finding.path}${violation ? "" : " (reported)"}`);
}

describe("rule graviton-inference-client", () => {
  const client = (change: GraphObject = {}, name = "client", chain = "") =>
    declared(LAMBDA, name, { architectures: ["arm64"], tags: ASKS, ...change }, { chain });
  const x86 = { architectures: ["x86_64"] };
  const cases: readonly [string, GraphResource, readonly string[]][] = [
    ["arm64 passes", client(), []],
    ["x86 fails", client(x86), ["fail architectures"]],
    ["none means x86", client({ architectures: null }), ["fail architectures"]],
    ["an unknown architecture cannot be told", client({ architectures: UNKNOWN }), ["unknown architectures"]],
    ["unknown tags cannot be told", client({ ...x86, tags: UNKNOWN }), ["unknown tags"]],
    ["a secret architecture is judged", client({ architectures: new Secret(["x86_64"]) }), ["fail architectures"]],
    ["another workload passes", client({ ...x86, tags: { "frugal-ml:workload": "training" } }), []],
    ["a name counts", client({ ...x86, tags: null }, "imageClassifier"), ["fail architectures"]],
    ["another name does not", client({ ...x86, tags: null }, "unclassified"), []],
    [
      "a part of a ClassifierApi counts",
      client({ ...x86, tags: null }, "f", "frugal-ml:index:ClassifierApi$"),
      ["fail architectures"],
    ],
    ["aws-native counts", declared(NATIVE_LAMBDA, "predictor", { functionName: "predict" }), ["fail architectures"]],
  ];
  for (const [name, resource, expected] of cases) {
    it(name, () => deepEqual(found("graviton-inference-client", [resource]), expected));
  }
  it("is suppressed by an exception for its resource alone", () =>
    assertSuppressed("graviton-inference-client", [client(x86)]));
  it("a container image is judged by its build", () => {
    const build = (platform: string) => declared("docker-build:index:Image", "build", { platforms: [platform] });
    const image = (platform: string) => [
      build(platform),
      { ...client({ packageType: "Image" }), propertyDependencies: { imageUri: [build(platform).urn] } },
    ];
    deepEqual(found("graviton-inference-client", image("linux/arm64")), []);
    deepEqual(found("graviton-inference-client", image("linux/amd64")), ["fail imageUri"]);
  });
  it("takes other signs by configuration, and mends when opted into", () => {
    deepEqual(
      found("graviton-inference-client", [client({ ...x86, tags: { use: "ask" } })], {
        tagKey: "use",
        tagValues: ["ask"],
      }),
      ["fail architectures"],
    );
    deepEqual(
      found("graviton-inference-client", [client(x86)], { enforcementLevel: "remediate", remediate: true }),
      [],
    );
  });
});

describe("rule graviton-layers", () => {
  const layer = (compatibleArchitectures: GraphObject[string]) =>
    declared("aws:lambda/layerVersion:LayerVersion", "layer", { compatibleArchitectures });
  const using = (made: GraphResource, tags: GraphObject[string] = WORKS) => [
    made,
    declared(LAMBDA, "worker", { architectures: ["arm64"], tags }, { propertyDependencies: { layers: [made.urn] } }),
  ];
  const cases: readonly [string, readonly GraphResource[], readonly string[]][] = [
    ["a layer for arm64 passes", using(layer(["arm64"])), []],
    ["a layer for both passes", using(layer(["x86_64", "arm64"])), []],
    ["a layer for x86 fails", using(layer(["x86_64"])), ["fail layers"]],
    ["a client's layer counts", using(layer(["x86_64"]), ASKS), ["fail layers"]],
    ["another function's does not", using(layer(["x86_64"]), {}), []],
    ["a layer that names none cannot be told", using(layer(null)), ["unknown layers (reported)"]],
    ["an unknown one cannot be told", using(layer([UNKNOWN])), ["unknown layers (reported)"]],
    ["unknown tags cannot be told", using(layer(["x86_64"]), UNKNOWN), ["unknown tags (reported)"]],
    [
      "an ARN that names x86 fails",
      [declared(LAMBDA, "worker", { tags: WORKS, layers: ["arn:aws:lambda:eu-west-1:1:layer:tools-x86_64:3"] })],
      ["fail layers[0]"],
    ],
    [
      "another ARN passes",
      [
        declared(LAMBDA, "worker", {
          tags: WORKS,
          layers: ["arn:aws:lambda:eu-west-1:1:layer:tools-arm64:3", UNKNOWN],
        }),
      ],
      [],
    ],
  ];
  for (const [name, resources, expected] of cases)
    it(name, () => deepEqual(found("graviton-layers", resources), expected));
  it("is suppressed by an exception for its resource alone", () =>
    assertSuppressed("graviton-layers", using(layer(["x86_64"]))));
});

/** Work that is no function: rule, type, valid inputs, one change that fails and one that cannot be told. */
const WORK: readonly (readonly [string, string, GraphObject, GraphObject, string, GraphObject, string])[] = [
  [
    "graviton-build",
    "aws:codebuild/project:Project",
    { environment: { type: "ARM_CONTAINER" } },
    { environment: { type: "LINUX_CONTAINER" } },
    "fail environment.type",
    { environment: UNKNOWN },
    "unknown environment.type",
  ],
  [
    "graviton-emr-serverless",
    "aws:emrserverless/application:Application",
    { architecture: "ARM64" },
    { architecture: null },
    "fail architecture",
    { architecture: UNKNOWN },
    "unknown architecture",
  ],
  [
    "graviton-container",
    "aws:ecs/taskDefinition:TaskDefinition",
    { runtimePlatform: { cpuArchitecture: "ARM64" } },
    { runtimePlatform: null },
    "fail runtimePlatform.cpuArchitecture",
    { runtimePlatform: UNKNOWN },
    "unknown runtimePlatform.cpuArchitecture (reported)",
  ],
  [
    "graviton-container",
    "aws:batch/jobDefinition:JobDefinition",
    { platformCapabilities: ["FARGATE"], containerProperties: '{"runtimePlatform":{"cpuArchitecture":"ARM64"}}' },
    { containerProperties: "{}" },
    "fail containerProperties:$.runtimePlatform.cpuArchitecture",
    { containerProperties: UNKNOWN },
    "unknown containerProperties (reported)",
  ],
  [
    "graviton-container",
    "aws-native:batch:JobDefinition",
    { platformCapabilities: ["FARGATE"], containerProperties: { runtimePlatform: { cpuArchitecture: "ARM64" } } },
    { containerProperties: { runtimePlatform: { cpuArchitecture: "X86_64" } } },
    "fail containerProperties.runtimePlatform.cpuArchitecture",
    { platformCapabilities: [UNKNOWN] },
    "unknown platformCapabilities (reported)",
  ],
];

describe("rules on preprocessing outside functions", () => {
  for (const [rule, type, valid, fail, failed, unknown, untold] of WORK) {
    const judged = (change: GraphObject, tags: GraphObject[string] = WORKS) =>
      found(rule, [declared(type, "thumbnails", { ...valid, tags, ...change })]);
    it(`${rule} judges ${type}`, () => {
      deepEqual(judged({}), []);
      deepEqual(judged(fail), [failed]);
      deepEqual(judged(unknown), [untold]);
      deepEqual(judged(fail, {}), []);
      equal(judged(fail, UNKNOWN)[0]?.startsWith("unknown tags"), true);
    });
    it(`${rule} is suppressed in ${type} by an exception for its resource alone`, () =>
      assertSuppressed(rule, [declared(type, "thumbnails", { ...valid, tags: WORKS, ...fail })]));
  }
  it("a Batch job on EC2 takes the processor of its compute environment", () =>
    deepEqual(
      found("graviton-container", [
        declared("aws:batch/jobDefinition:JobDefinition", "job", { containerProperties: "{}", tags: WORKS }),
      ]),
      [],
    ));
  it("names count when they are configured", () => {
    const project = declared("aws:codebuild/project:Project", "thumbnails", {
      environment: { type: "LINUX_CONTAINER" },
    });
    deepEqual(found("graviton-build", [project], { namePatterns: ["^thumb"] }), ["fail environment.type"]);
  });
});
