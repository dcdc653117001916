import { deepEqual, equal } from "node:assert/strict";
import { type GraphObject, type GraphResource, Secret, UNKNOWN } from "../../../contracts/graph";
import { InvalidInputError } from "../../../contracts/problems";
import { parsePolicyConfiguration } from "../../../policy/configuration";
import { evaluate } from "../../../policy/evaluate";
import { findingText } from "../../../policy/findingText";
import { gravitonPreprocessing } from "../../../policy/rules/gravitonPreprocessing";
import { declared, declaredComponent, graphOf, IN_ACCESS_POINT } from "../declared";
import { imagePreprocessor, LAMBDA, NATIVE_LAMBDA, preprocessor } from "../functions";
import { assertSuppressed } from "../suppressed";

function judge(resources: readonly GraphResource[], config: object = {}) {
  const configuration = parsePolicyConfiguration({ "graviton-preprocessing": config });
  return evaluate(graphOf(...resources), [gravitonPreprocessing], configuration);
}

/** Status and path of each finding of one resource, for example `fail architectures`. */
function statuses(resource: GraphResource, config: object = {}, others: readonly GraphResource[] = []): string[] {
  return judge([...others, resource], config).verdicts.map(({ finding }) => `${finding.status} ${finding.path}`);
}

describe("rule graviton-preprocessing", () => {
  it("is suppressed by an exception for its resource alone", () =>
    assertSuppressed("graviton-preprocessing", [preprocessor({ architectures: null })]));

  describe("architecture", () => {
    const cases: readonly [string, GraphObject, string[]][] = [
      ["exactly arm64 passes", {}, []],
      ["a secret arm64 passes", { architectures: new Secret(["arm64"]) }, []],
      ["none means x86", { architectures: null }, ["fail architectures"]],
      ["x86_64 fails", { architectures: ["x86_64"] }, ["fail architectures"]],
      ["an empty list means x86", { architectures: [] }, ["fail architectures"]],
      ["two architectures fail", { architectures: ["arm64", "x86_64"] }, ["fail architectures"]],
      ["two of which one is unknown fail", { architectures: ["arm64", UNKNOWN] }, ["fail architectures"]],
      ["a text instead of a list fails", { architectures: "arm64" }, ["fail architectures"]],
      ["an unknown list cannot be told", { architectures: UNKNOWN }, ["unknown architectures"]],
      ["an unknown element cannot be told", { architectures: [UNKNOWN] }, ["unknown architectures[0]"]],
      ["a secret unknown cannot be told", { architectures: new Secret(UNKNOWN) }, ["unknown architectures"]],
      ["an unknown package type cannot be told", { packageType: UNKNOWN }, ["unknown packageType"]],
      ["a zip package passes", { packageType: "Zip" }, []],
    ];
    for (const [name, change, expected] of cases) {
      it(name, () => deepEqual(statuses(preprocessor(change)), expected));
    }

    it("says what absent means", () => {
      const { architectures: _, ...inputs } = preprocessor().inputs;
      const [verdict] = judge([declared(LAMBDA, "worker", inputs)]).verdicts;
      equal(verdict?.violation, true);
      equal(
        verdict && findingText(verdict.finding),
        'architectures: absent, so the function runs on x86_64; it must be exactly ["arm64"]',
      );
    });
    it("never prints a given value, which may be secret where the engine does not say so", () => {
      const said = JSON.stringify(judge([preprocessor({ architectures: ["hunter2"] })]).verdicts.map((v) => v.finding));
      equal(said.includes("hunter2"), false);
    });
  });

  describe("what preprocesses", () => {
    const x86 = { architectures: ["x86_64"], tags: null };
    const fails = ["fail architectures"];
    const cases: readonly [string, GraphResource, string[]][] = [
      ["a function without any sign does not", preprocessor(x86), []],
      ["the tag counts in any case", preprocessor({ ...x86, tags: { "frugal-ml:workload": "PreProcessing" } }), fails],
      ["another workload does not", preprocessor({ ...x86, tags: { "frugal-ml:workload": "inference" } }), []],
      [
        "a secret tag counts",
        preprocessor({ ...x86, tags: new Secret({ "frugal-ml:workload": "preprocessing" }) }),
        fails,
      ],
      ["tagsAll counts", preprocessor({ ...x86, tagsAll: { "frugal-ml:workload": "preprocessing" } }), fails],
      ["a part of an access point does", preprocessor(x86, { chain: IN_ACCESS_POINT }), fails],
      ["a name does", declared(LAMBDA, "image-resizer", x86), fails],
      ["a camel-case name does", declared(LAMBDA, "shopURLThumbnails", x86), fails],
      ["a name with underscores does", declared(LAMBDA, "shop_normalise", x86), fails],
      ["the function's own name does", preprocessor({ ...x86, name: "pre-process-orders" }), fails],
      ["a word that merely contains one does not", declared(LAMBDA, "denormalizer", x86), []],
      ["what hears of a thumbnail that was made does not", declared(LAMBDA, "onNewThumbnail", x86), []],
      ["what makes a thumbnail of what is new does", declared(LAMBDA, "new-upload-thumbnail", x86), fails],
      ["unknown tags cannot be told", preprocessor({ ...x86, tags: UNKNOWN }), ["unknown tags"]],
      [
        "an unknown value of the tag cannot be told",
        preprocessor({ ...x86, tags: { "frugal-ml:workload": UNKNOWN } }),
        ["unknown tags"],
      ],
      ["an unknown value of another tag does not matter", preprocessor({ ...x86, tags: { owner: UNKNOWN } }), []],
      ["unknown tags of an arm64 function do not matter", preprocessor({ tags: UNKNOWN }), []],
      [
        "a tag known once is known",
        preprocessor({ ...x86, tags: UNKNOWN, tagsAll: { "frugal-ml:workload": "preprocessing" } }),
        fails,
      ],
      [
        "aws-native spells tags as a list",
        declared(NATIVE_LAMBDA, "worker", { tags: [{ key: "frugal-ml:workload", value: "preprocessing" }] }),
        fails,
      ],
      [
        "aws-native's unknown entry cannot be told",
        declared(NATIVE_LAMBDA, "worker", { tags: [UNKNOWN] }),
        ["unknown tags"],
      ],
      ["aws-native names the function otherwise", declared(NATIVE_LAMBDA, "worker", { functionName: "resize" }), fails],
      ["awscc counts", declared("awscc:index/lambdaFunction:LambdaFunction", "f", { functionName: "resize" }), fails],
      ["another type is not looked at", declared("aws:ec2/instance:Instance", "image-resizer"), []],
    ];
    for (const [name, resource, expected] of cases) {
      it(name, () => deepEqual(statuses(resource), expected));
    }

    it("is configurable by tag and by name", () => {
      const mine = preprocessor({ ...x86, tags: { purpose: "etl" } });
      deepEqual(statuses(mine, { tagKey: "purpose", tagValues: ["etl"] }), fails);
      deepEqual(statuses(declared(LAMBDA, "squeezer", x86), { namePatterns: ["^squeeze"] }), fails);
      deepEqual(statuses(declared(LAMBDA, "image-resizer", x86), { namePatterns: [] }), []);
    });
  });

  describe("a published function", () => {
    const published = preprocessor({ architectures: null, publish: true });
    const distribution = (...properties: string[]) => {
      const propertyDependencies = Object.fromEntries(properties.map((name) => [name, [published.urn]]));
      return declared("aws:cloudfront/distribution:Distribution", "cdn", {}, { propertyDependencies });
    };
    it("fails as any other", () => deepEqual(statuses(published), ["fail architectures"]));
    it("passes at CloudFront's edges, which have no Graviton", () =>
      deepEqual(statuses(published, {}, [distribution("orderedCacheBehaviors")]), []));
    it("fails when a distribution only reads from it", () =>
      deepEqual(statuses(published, {}, [distribution("origins")]), ["fail architectures"]));
    it("is not mended", () =>
      deepEqual(judge([published], { enforcementLevel: "remediate", remediate: true }).remediations, []));
  });

  describe("container images", () => {
    const build = (type: string, inputs: GraphObject) => declared(type, "build", inputs);
    const cases: readonly [string, GraphResource, string[]][] = [
      ["docker-build for arm64 passes", build("docker-build:index:Image", { platforms: ["linux/arm64"] }), []],
      [
        "docker-build for amd64 fails",
        build("docker-build:index:Image", { platforms: ["linux/amd64"] }),
        ["fail imageUri"],
      ],
      [
        "docker-build for both fails",
        build("docker-build:index:Image", { platforms: ["linux/arm64", "linux/amd64"] }),
        ["fail imageUri"],
      ],
      ["docker-build for none cannot be told", build("docker-build:index:Image", {}), ["unknown imageUri"]],
      [
        "docker-build for an unknown one cannot be told",
        build("docker-build:index:Image", { platforms: [UNKNOWN] }),
        ["unknown imageUri"],
      ],
      ["docker for arm64 passes", build("docker:index/image:Image", { build: { platform: "linux/arm64" } }), []],
      [
        "docker for amd64 fails",
        build("docker:index/image:Image", { build: { platform: "linux/amd64" } }),
        ["fail imageUri"],
      ],
      [
        "docker with an unknown build cannot be told",
        build("docker:index/image:Image", { build: UNKNOWN }),
        ["unknown imageUri"],
      ],
      ["awsx for arm64 passes", build("awsx:ecr:Image", { platform: "linux/arm64" }), []],
      ["awsx for none cannot be told", build("awsx:ecr:Image", {}), ["unknown imageUri"]],
      ["what is no build cannot be told", build("aws:ecr/repository:Repository", {}), ["unknown imageUri"]],
    ];
    for (const [name, image, expected] of cases) {
      it(name, () => deepEqual(statuses(imagePreprocessor(image), {}, [image]), expected));
    }

    it("an image from elsewhere cannot be told", () => deepEqual(statuses(imagePreprocessor()), ["unknown imageUri"]));
    it("an x86 image function fails once, by its architecture", () =>
      deepEqual(statuses(imagePreprocessor(undefined, { architectures: ["x86_64"] })), ["fail architectures"]));
    it("a build inside a component is found from the component's part that the function depends on", () => {
      const component = declaredComponent("awsx:ecr:Image", "image", { platform: "linux/amd64" });
      const part = declared("aws:ecr/repository:Repository", "repository", {}, { parent: component.urn });
      deepEqual(statuses(imagePreprocessor(part), {}, [component, part]), ["fail imageUri"]);
    });
    it("a build for another function is not this one's", () => {
      const other = declared("docker-build:index:Image", "other", { platforms: ["linux/amd64"] });
      const own = declared("docker-build:index:Image", "own", { platforms: ["linux/arm64"] });
      const worker = { ...imagePreprocessor(own), dependencies: [own.urn, other.urn] };
      deepEqual(statuses(worker, {}, [other, own]), []);
    });
    it("aws-native names the image inside code", () => {
      const image = declared("docker-build:index:Image", "build", { platforms: ["linux/amd64"] });
      const inputs = {
        functionName: "resize",
        packageType: "Image",
        architectures: ["arm64"],
        code: { imageUri: UNKNOWN },
      };
      const worker = declared(NATIVE_LAMBDA, "f", inputs, { propertyDependencies: { code: [image.urn] } });
      deepEqual(statuses(worker, {}, [image]), ["fail imageUri"]);
    });
  });

  describe("what cannot be told", () => {
    const unknown = preprocessor({ architectures: UNKNOWN });
    it("is a violation by default", () => equal(judge([unknown]).verdicts[0]?.violation, true));
    it("is only said with onUnknown: report", () => {
      const [verdict, ...others] = judge([unknown], { onUnknown: "report" }).verdicts;
      deepEqual([verdict?.violation, verdict?.finding.status, others.length], [false, "unknown", 0]);
    });
    it("does not soften what is known to be wrong", () =>
      equal(judge([preprocessor({ architectures: [] })], { onUnknown: "report" }).verdicts[0]?.violation, true));
  });

  describe("remediation", () => {
    const x86 = preprocessor({ architectures: ["x86_64"], environment: new Secret("hunter2") });
    const opted = { enforcementLevel: "remediate", remediate: true };
    it("sets the architecture and leaves the rest, when opted into twice", () => {
      const { verdicts, remediations } = judge([x86], opted);
      deepEqual(verdicts, []);
      deepEqual(remediations[0]?.resource.inputs, { ...x86.inputs, architectures: ["arm64"] });
    });
    it("does nothing unless opted into", () => {
      for (const config of [{ remediate: true }, { enforcementLevel: "remediate" }]) {
        const { verdicts, remediations } = judge([x86], config);
        deepEqual([verdicts.map(({ violation }) => violation), remediations.length], [[true], 0]);
      }
    });
    const untouched: readonly [string, GraphResource][] = [
      ["an unknown architecture", preprocessor({ architectures: UNKNOWN })],
      ["a container image", preprocessor({ architectures: [], packageType: "Image" })],
      ["an unknown package type", preprocessor({ architectures: [], packageType: UNKNOWN })],
      ["a function that may not preprocess", preprocessor({ architectures: [], tags: UNKNOWN })],
      ["a function that does not", preprocessor({ architectures: [], tags: null })],
    ];
    for (const [name, resource] of untouched) {
      it(`leaves ${name}`, () => equal(judge([resource], opted).remediations.length, 0));
    }
  });

  it("refuses a wrong configuration with every problem", () => {
    let problems: readonly string[] = [];
    try {
      judge([], {
        namePatterns: ["(", "ok", "["],
        tagKey: 1,
        tagValues: "preprocessing",
        remediate: "yes",
        onUnknown: "pass",
        colour: "",
      });
    } catch (error) {
      problems = error instanceof InvalidInputError ? error.problems.map(({ property }) => property).sort() : [];
    }
    deepEqual(
      problems,
      ["colour", "namePatterns[0]", "namePatterns[2]", "onUnknown", "remediate", "tagKey", "tagValues"].map(
        (name) => `graviton-preprocessing.${name}`,
      ),
    );
  });
});
