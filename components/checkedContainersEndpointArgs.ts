import { SERVICE_LIMITS } from "../contracts/serviceLimits";
import { type CheckedContainer, checkContainers } from "./checkedContainers";
import { type CheckedEndpointArgs, checkEndpointArgs } from "./checkedEndpointArgs";
import { CheckedInputs } from "./checkedInputs";
import { refuseExcluded } from "./excludedArgs";
import type { InferencePipelineEndpointArgs } from "./inferencePipelineEndpointArgs";
import type { MultiContainerEndpointArgs } from "./multiContainerEndpointArgs";

/** The arguments of an endpoint of several containers, checked and with defaults. */
export interface CheckedContainersEndpointArgs {
  readonly endpoint: CheckedEndpointArgs;
  readonly containers: readonly CheckedContainer[];
}

const { multiContainer, inferencePipeline } = SERVICE_LIMITS.sagemaker.options;

const EXCLUDED = {
  variants: "each container is asked by its name; variants are a RealTimeEndpoint's",
  shadow: "endpoints of several containers take no shadow variant",
  image: "each of containers has its own",
  framework: "each of containers has its own",
  modelDataUrl: "each of containers has its own",
  memoryMb: "serverless endpoints take no further containers",
  outputUri: "an asynchronous endpoint here has one container",
} as const;

/**
 * Checks the arguments of a MultiContainerEndpoint and fills in the defaults.
 * @throws pulumi.InputPropertiesError with every problem at once
 */
export function checkMultiContainerEndpointArgs(
  name: string,
  args: MultiContainerEndpointArgs,
): CheckedContainersEndpointArgs {
  const checks = new CheckedInputs(`MultiContainerEndpoint ${name}`);
  return checkTogether(name, args, { ...multiContainer.containers, multiModel: 0 }, checks);
}

/**
 * Checks the arguments of an InferencePipelineEndpoint and fills in the defaults.
 * @throws pulumi.InputPropertiesError with every problem at once
 */
export function checkInferencePipelineEndpointArgs(
  name: string,
  args: InferencePipelineEndpointArgs,
): CheckedContainersEndpointArgs {
  const { containers, multiModelContainers: multiModel } = inferencePipeline;
  const checks = new CheckedInputs(`InferencePipelineEndpoint ${name}`);
  return checkTogether(name, args, { ...containers, multiModel }, checks);
}

function checkTogether(
  name: string,
  args: InferencePipelineEndpointArgs,
  limits: Parameters<typeof checkContainers>[1],
  checks: CheckedInputs,
): CheckedContainersEndpointArgs {
  refuseExcluded(args, EXCLUDED, checks);
  const endpoint = checkEndpointArgs(name, args, checks);
  const containers = checkContainers(args.containers, limits, endpoint.instanceType, checks);
  checks.assert();
  return { endpoint, containers };
}
