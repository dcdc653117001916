import { deepEqual, equal, throws } from "node:assert/strict";
import type { JsonValue } from "../../../../cli/local/sagemaker/jsonValue";
import { parameterValues } from "../../../../cli/local/sagemaker/parameterValues";
import { parsePipelineDefinition } from "../../../../cli/local/sagemaker/pipelineDefinition";
import { propertyAt, resolveArguments } from "../../../../cli/local/sagemaker/resolveArguments";
import { fleetDefinition } from "./fleetDefinition";

const step = (Name: string, changes: object = {}) => ({ Name, Type: "Processing", Arguments: {}, ...changes });
const parse = (changes: object) => parsePipelineDefinition(JSON.stringify({ Version: "2020-12-01", ...changes }));
const refusal = (message: RegExp) => ({ name: "SageMakerError", type: "ValidationException", message });

describe("a pipeline's definition", () => {
  it("orders steps by what they depend on and by whose properties they read", () => {
    const { steps } = parsePipelineDefinition(JSON.stringify(fleetDefinition()));
    deepEqual(
      steps.map(({ name, after }) => [name, [...after]]),
      [
        ["Split", []],
        ["Train", ["Split"]],
        ["Publish", ["Train"]],
      ],
    );
  });

  it("is refused with everything that is wrong with its shape", () => {
    throws(() => parsePipelineDefinition("{"), refusal(/not JSON/));
    throws(
      () => parse({ Version: "2019-01-01", Steps: [step("A", { Type: "Tuning" }), { Name: "no name" }] }),
      refusal(
        /Version: .*Steps\.0\.Type: must be Processing, Training or Transform.*Steps\.1\.Name: .*Steps\.1\.Type: /s,
      ),
    );
    throws(() => parse({ Steps: [] }), refusal(/Steps: /));
  });

  it("is refused with everything that nothing answers", () => {
    const Arguments = {
      a: { Get: "Parameters.Missing" },
      b: { "Std:Join": { On: "/", Values: [{ Get: "Execution.Nothing" }] } },
      c: { Get: "Steps.Nowhere.ProcessingJobStatus" },
      d: { "Std:JsonGet": { Path: "x" } },
      e: { Get: "Somewhere.Else" },
    };
    throws(
      () => parse({ Steps: [step("A", { Arguments }), step("A"), step("B", { DependsOn: ["C"] })] }),
      refusal(
        /step A is defined twice.*Parameters\.Missing is nothing.*Execution\.Nothing is nothing.*Std:JsonGet.*Somewhere\.Else is nothing.*A depends on Nowhere.*B depends on C/s,
      ),
    );
  });

  it("is refused when steps wait for each other or for themselves", () => {
    const Arguments = { x: { Get: "Steps.C.ProcessingJobStatus" } };
    const Steps = [step("A"), step("B", { DependsOn: ["A"], Arguments }), step("C", { DependsOn: ["B"] })];
    throws(() => parse({ Steps }), refusal(/wait for each other: B, C/));
    throws(() => parse({ Steps: [step("A", { DependsOn: ["A"] })] }), refusal(/wait for each other: A/));
  });

  it("takes values of parameters by their types", () => {
    const { parameters } = parse({
      Steps: [step("A")],
      Parameters: [
        { Name: "text", Type: "String", DefaultValue: "x" },
        { Name: "count", Type: "Integer" },
        { Name: "share", Type: "Float", DefaultValue: 0.5 },
        { Name: "isOn", Type: "Boolean", DefaultValue: false },
        { Name: "size", Type: "String", EnumValues: ["s", "l"], DefaultValue: "s" },
      ],
    });
    deepEqual(
      [...parameterValues(parameters, { count: "2", isOn: "True", text: "" })],
      [
        ["text", ""],
        ["count", 2],
        ["share", 0.5],
        ["isOn", true],
        ["size", "s"],
      ],
    );
    throws(
      () => parameterValues(parameters, { count: "2.5", share: "much", size: "m", other: "1" }),
      refusal(/other is not defined.*count: 2\.5 is no Integer.*share: much is no Float.*size: m is none of s, l/),
    );
    throws(() => parameterValues(parameters, {}), refusal(/count has no value and no default/));
  });

  it("puts values in the place of references and joins, however deep", () => {
    const values: Readonly<Record<string, JsonValue>> = { "Parameters.count": 2, "Execution.PipelineName": "fleet" };
    const resolve = (value: JsonValue) => resolveArguments(value, ({ text }) => values[text] ?? null);
    deepEqual(
      resolve({
        list: [{ Get: "Parameters.count" }, "plain", null],
        join: {
          "Std:Join": {
            On: "-",
            Values: [
              "a",
              { Get: "Parameters.count" },
              { "Std:Join": { Values: [{ Get: "Execution.PipelineName" }, true] } },
            ],
          },
        },
        // Two properties are no reference, whatever they are called.
        environment: { Get: "Parameters.count", other: "x" },
      }),
      { list: [2, "plain", null], join: "a-2-fleettrue", environment: { Get: "Parameters.count", other: "x" } },
    );
    throws(() => resolve({ "Std:Join": { On: "", Values: [["a"]] } }), refusal(/takes texts/));
  });

  it("finds properties of a job by name, by position and by property", () => {
    const job = {
      Outputs: [
        { OutputName: "plan", Uri: "p" },
        { OutputName: "series", Uri: "s" },
      ],
      Status: "Completed",
    };
    equal(propertyAt(job, ["Outputs", "series", "Uri"]), "s");
    equal(propertyAt(job, ["Outputs", "0", "Uri"]), "p");
    equal(propertyAt(job, ["Status"]), "Completed");
    equal(propertyAt(job, ["Outputs", "models"]), undefined);
    equal(propertyAt(job, ["toString"]), undefined);
  });
});
