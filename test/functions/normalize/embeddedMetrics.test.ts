import { deepEqual, equal } from "node:assert/strict";
import { embeddedMetrics } from "../../../functions/normalize/embeddedMetrics";
import type { Outcome } from "../../../functions/normalize/outcome";
import { extractMetrics } from "./embeddedMetricFormat";

function valuesOf(outcome: Outcome): Record<string, number> {
  const line = JSON.stringify({ message: "read", ...embeddedMetrics("function-url", outcome, 31) });
  return Object.fromEntries(extractMetrics(line).map(({ name, value }) => [name, value]));
}

describe("functions/normalize: embedded metrics", () => {
  it("have units, and the function and the delivery as dimensions", () => {
    process.env["AWS_LAMBDA_FUNCTION_NAME"] = "images-function";
    try {
      const line = JSON.stringify(embeddedMetrics("object-lambda", { status: 200, bytesIn: 900, bytesOut: 100 }, 31));
      const dimensions = { FunctionName: "images-function", Delivery: "object-lambda" };
      deepEqual(extractMetrics(line), [
        { name: "Count", unit: "Count", value: 1, dimensions },
        { name: "BytesIn", unit: "Bytes", value: 900, dimensions },
        { name: "BytesOut", unit: "Bytes", value: 100, dimensions },
        { name: "Milliseconds", unit: "Milliseconds", value: 31, dimensions },
        { name: "Errors", unit: "Count", value: 0, dimensions },
        { name: "Faults", unit: "Count", value: 0, dimensions },
      ]);
    } finally {
      delete process.env["AWS_LAMBDA_FUNCTION_NAME"];
    }
  });

  it("tell refusals from faults, and neither from an object that did not change", () => {
    const seen = [200, 206, 304, 400, 404, 412, 500, 503].map((status) => {
      const { Count, Errors, Faults } = valuesOf({ status });
      equal(Count, 1);
      return [status, Errors, Faults];
    });
    deepEqual(seen, [
      [200, 0, 0],
      [206, 0, 0],
      [304, 0, 0],
      [400, 1, 0],
      [404, 1, 0],
      [412, 1, 0],
      [500, 1, 1],
      [503, 1, 1],
    ]);
  });
});
