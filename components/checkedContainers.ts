import { SERVICE_LIMITS } from "../contracts/serviceLimits";
import type { CheckedInputs } from "./checkedInputs";
import { type CheckedModelSource, checkModelSource } from "./checkedModelSource";
import type { PipelineContainerArgs } from "./inferencePipelineEndpointArgs";

/** One of several containers, checked. */
export interface CheckedContainer {
  readonly hostname: string;
  readonly source: CheckedModelSource;
}

/** How many containers an option takes. */
export interface ContainersLimits {
  readonly min: number;
  readonly max: number;
  /** How many of them may be multi-model. */
  readonly multiModel: number;
}

const LONGEST_HOSTNAME = SERVICE_LIMITS.sagemaker.options.multiContainer.hostnameLength;

/** Checks the argument `containers`; problems go to `checks`. */
export function checkContainers(
  containers: readonly PipelineContainerArgs[],
  { min, max, multiModel }: ContainersLimits,
  instanceType: string,
  checks: CheckedInputs,
): readonly CheckedContainer[] {
  const names = containers.map(({ name }) => name);
  checks.plain("containers", names, {
    allowed: `${min} to ${max} containers of different names`,
    test: () => names.length >= min && names.length <= max && new Set(names).size === names.length,
  });
  const multi = containers.filter((container) => container.multiModel === true);
  if (multi.length > multiModel) {
    const given = `${multi.length} multi-model containers`;
    const allowed = multiModel === 0 ? "none: only an InferencePipelineEndpoint takes one" : `at most ${multiModel}`;
    checks.add([{ property: "containers", given, allowed }]);
  }
  return containers.map((container, index) => checkContainer(container, `containers[${index}].`, instanceType, checks));
}

function checkContainer(
  container: PipelineContainerArgs,
  at: string,
  instanceType: string,
  checks: CheckedInputs,
): CheckedContainer {
  const { multiModel = false, modelPrefixUrl, modelDataUrl, ...rest } = container;
  if (multiModel && modelDataUrl !== undefined) {
    const allowed = "only without multiModel, which takes modelPrefixUrl";
    checks.add([{ property: `${at}modelDataUrl`, given: "with multiModel", allowed }]);
  }
  if (!multiModel && modelPrefixUrl !== undefined) {
    checks.add([{ property: `${at}modelPrefixUrl`, given: "without multiModel", allowed: "only together with it" }]);
  }
  const url = multiModel ? modelPrefixUrl : modelDataUrl;
  return {
    hostname: checks.plain(`${at}name`, container.name, {
      allowed: `letters, digits and hyphens, neither first nor last a hyphen, at most ${LONGEST_HOSTNAME}`,
      test: (value) => /^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/.test(value) && value.length <= LONGEST_HOSTNAME,
    }),
    source: checkModelSource(
      { ...rest, ...(url !== undefined && { modelDataUrl: url }) },
      { at, instanceType, multiModel },
      checks,
    ),
  };
}
