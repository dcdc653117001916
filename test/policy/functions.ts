import type { GraphObject, GraphResource } from "../../contracts/graph";
import { declared } from "./declared";

export const LAMBDA = "aws:lambda/function:Function";
export const NATIVE_LAMBDA = "aws-native:lambda:Function";

/** A preprocessing function as it should be; tests change one thing at a time. */
export function preprocessor(change: GraphObject = {}, over: Partial<GraphResource> & { chain?: string } = {}) {
  const tags = { "frugal-ml:workload": "preprocessing" };
  const inputs = { runtime: "nodejs22.x", handler: "index.handler", architectures: ["arm64"], tags, ...change };
  return declared(LAMBDA, "worker", inputs, over);
}

/** The same as a container image, built by the given resource. */
export function imagePreprocessor(build?: GraphResource, change: GraphObject = {}): GraphResource {
  const on = build ? [build.urn] : [];
  const inputs = { packageType: "Image", imageUri: "registry/worker", ...change };
  return preprocessor(inputs, { dependencies: on, propertyDependencies: { imageUri: on } });
}
