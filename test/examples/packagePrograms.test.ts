import { deepEqual } from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { REPOSITORY } from "../cli/local/handmadePlane";
import { pythonProblems, snakeCase } from "./pythonProgram";
import { yamlProblems } from "./yamlProgram";

const EXAMPLES = path.join(REPOSITORY, "examples");
const read = (file: string) => readFileSync(path.join(EXAMPLES, file), "utf8");

describe("examples in other languages", () => {
  it("yaml: says only what the schema has", () => deepEqual(yamlProblems(read("yaml/Pulumi.yaml")), []));

  it("python-program: says only what the generated package has", () =>
    deepEqual(pythonProblems(read("python-program/__main__.py")), []));

  it("are told every mistake in YAML", () => {
    const program = `
runtime: yaml
packages: {}
config: { known: { type: string } }
resources:
  a: { type: "frugal-ml:MultiModelEndpoint", properties: { image: 1, instanceTypes: x, instanceType: "\${b.url}" } }
  b: { type: "frugal-ml:index:NormalizingAccessPoint", properties: { transformation: { size: 1, width: "2" } } }
  c: { type: "frugal-ml:Endpoint" }
outputs: { url: "\${b.uri}", known: "\${known}", unknown: "\${unknown}" }
`;
    deepEqual(
      yamlProblems(program).map((problem) => problem.split("; allowed")[0]),
      [
        "packages: frugal-ml is missing",
        "resources.a (frugal-ml:MultiModelEndpoint): MultiModelEndpoint.modelDataUrl: required, and missing",
        "resources.a (frugal-ml:MultiModelEndpoint): MultiModelEndpoint.image: must be a string",
        "resources.a (frugal-ml:MultiModelEndpoint): MultiModelEndpoint.instanceTypes: not an input",
        "resources.a (frugal-ml:MultiModelEndpoint): MultiModelEndpoint.instanceType: must be known before b is made",
        "resources.b (frugal-ml:index:NormalizingAccessPoint): NormalizingAccessPoint.transformation.size: not an input",
        "resources.b (frugal-ml:index:NormalizingAccessPoint): NormalizingAccessPoint.transformation.width: must be a number",
        "resources.c (frugal-ml:Endpoint): no component Endpoint",
        "b.uri: no such output",
        "unknown: not in config",
      ],
    );
  });

  it("are told every mistake in Python", () => {
    const program = `
# frugal_ml.Commented("no")
a = frugal_ml.MultiModelEndpoint("a", 2, image=1, instanceType="x", model_data_url=f(b.url), max_instances="2")
b = frugal_ml.NormalizingAccessPoint("b", transformation={"width": True, "fit": "cover"}, deliveries=["x", 3], alarms=a.on)
pulumi.export("url", b.uri)
`;
    deepEqual(pythonProblems(program), [
      "MultiModelEndpoint: takes its name and nothing else by place",
      "MultiModelEndpoint.image: must be a string",
      "MultiModelEndpoint.instanceType: not an input",
      "MultiModelEndpoint.max_instances: must be a number",
      "NormalizingAccessPoint.transformation.width: must be a number",
      "NormalizingAccessPoint.deliveries[1]: must be a string",
      "NormalizingAccessPoint.alarms: must be known before a is made",
      "a.on: no such output",
      "b.uri: no such output",
    ]);
    deepEqual(pythonProblems("print(1)"), ["constructs no component of frugal_ml"]);
  });

  it("spells as the generator does", () =>
    deepEqual(["kmsKeyArn", "url", "modelMemoryMb"].map(snakeCase), ["kms_key_arn", "url", "model_memory_mb"]));
});
