import { InvalidInputError } from "../../contracts/problems";
import { parseConfig } from "../../stacks/config";

/** A valid configuration with some values replaced. */
export function configured(
  root: object,
  images: object = {},
  fleet: object = {},
  endpoint: object = {},
  classifier: object = {},
): unknown {
  const valid = {
    environment: "dev",
    costCenter: "ml",
    protect: false,
    images: { deliveries: ["function-url"], memorySize: 512, timeout: 30, logRetentionDays: 7, forceDestroy: true },
    fleet: { instanceCount: 2, logRetentionDays: 7, forceDestroy: true },
    endpoint: { instanceType: "ml.c7g.large", logRetentionDays: 7, forceDestroy: true },
    classifier: { modelPath: "a.onnx", labelsPath: "a.json", memorySize: 512, logRetentionDays: 7, forceDestroy: true },
    newcomers: { logRetentionDays: 7, forceDestroy: true },
  };
  return {
    ...valid,
    images: { ...valid.images, ...images },
    fleet: { ...valid.fleet, ...fleet },
    endpoint: { ...valid.endpoint, ...endpoint },
    classifier: { ...valid.classifier, ...classifier },
    ...root,
  };
}

/** Problems as `property: given; allowed`, in the order reported; empty when the configuration is accepted. */
export function problemsOf(given: unknown, secrets: readonly string[] = []): readonly string[] {
  try {
    parseConfig(given, "configuration", new Set(secrets));
    return [];
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return error.problems.map((problem) => `${problem.property}: ${problem.given}; ${problem.allowed}`);
  }
}
