import * as pulumi from "@pulumi/pulumi";
import { checkAsyncEndpointArgs } from "../../components/checkedAsyncEndpointArgs";
import { checkBatchTransformArgs } from "../../components/checkedBatchTransformArgs";
import {
  checkInferencePipelineEndpointArgs,
  checkMultiContainerEndpointArgs,
} from "../../components/checkedContainersEndpointArgs";
import { checkRealTimeEndpointArgs } from "../../components/checkedRealTimeEndpointArgs";
import { checkServerlessEndpointArgs } from "../../components/checkedServerlessEndpointArgs";
import { IMAGE } from "./fleetVariants";
import { ARCHIVE } from "./optionVariants";

/** Folders of requests and answers. */
export const FOLDERS = { inputUri: "s3://our-audio/in/", outputUri: "s3://our-audio/out/" };
/** A framework's image and a model for it. */
export const FRAMEWORK = { framework: "pytorch", frameworkVersion: "2.4", modelDataUrl: ARCHIVE };
const CONTAINERS = {
  containers: [
    { name: "a", image: IMAGE },
    { name: "b", image: IMAGE },
  ],
};

/** Problems as `property: given …; allowed: …`; empty when nothing is refused. */
function problemsOf(check: () => unknown): readonly string[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!pulumi.InputPropertiesError.isInstance(error)) throw error;
    return error.errors.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`);
  }
}

/**
 * Arguments as programs of other languages bring them: with whatever properties.
 * The checks take a wider object than their type says, which is what is tested.
 */
function withOthers<T extends object>(args: T, others: object): T {
  return { ...args, ...others };
}

/** Problems of a RealTimeEndpoint. */
export const realTime = (others: object = {}, args: object = { image: IMAGE }, name = "live") =>
  problemsOf(() => checkRealTimeEndpointArgs(name, { ...args, ...others }));

/** Problems of a ServerlessEndpoint. */
export const serverless = (others: object = {}, args: object = { image: IMAGE }) =>
  problemsOf(() => checkServerlessEndpointArgs("bare", { ...args, ...others }));

/** Problems of an AsyncEndpoint. */
export const later = (others: object = {}) =>
  problemsOf(() => checkAsyncEndpointArgs("later", withOthers({ image: IMAGE, ...FOLDERS }, others)));

/** Problems of a BatchTransform. */
export const batch = (others: object = {}, name = "nightly") =>
  problemsOf(() => checkBatchTransformArgs(name, withOthers({ image: IMAGE, ...FOLDERS }, others)));

/** Problems of a MultiContainerEndpoint. */
export const several = (others: object = {}) =>
  problemsOf(() => checkMultiContainerEndpointArgs("several", withOthers(CONTAINERS, others)));

/** Problems of an InferencePipelineEndpoint. */
export const serial = (others: object = {}) =>
  problemsOf(() => checkInferencePipelineEndpointArgs("serial", withOthers(CONTAINERS, others)));

/** Properties that problems are of. */
export const properties = (problems: readonly string[]) => problems.map((problem) => problem.split(":")[0]);
