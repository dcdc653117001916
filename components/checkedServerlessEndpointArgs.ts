import { SERVICE_LIMITS } from "../contracts/serviceLimits";
import { CheckedInputs, integerWithin } from "./checkedInputs";
import { type CheckedModelSource, checkModelSource } from "./checkedModelSource";
import { type CheckedServedArgs, checkServedArgs } from "./checkedServedArgs";
import { refuseExcluded } from "./excludedArgs";
import { SERVERLESS_ENDPOINT_DEFAULTS, type ServerlessEndpointArgs } from "./serverlessEndpointArgs";

/** The arguments, checked and with defaults. */
export interface CheckedServerlessEndpointArgs {
  readonly endpoint: CheckedServedArgs;
  readonly source: CheckedModelSource;
  readonly memoryMb: number;
  readonly maxConcurrency: number;
  /** What is kept ready; undefined when nothing is. */
  readonly provisioned:
    | { readonly least: number; readonly most: number; readonly targetUtilizationPercent: number }
    | undefined;
}

const { memoryMb: MEMORY, concurrency: CONCURRENCY } = SERVICE_LIMITS.sagemaker.options.serverless;

/** serverless-endpoints.html, feature exclusions; what is no exclusion but has no meaning without instances. */
const EXCLUDED = {
  vpc: "serverless endpoints stand in no VPC",
  networkIsolation: "serverless endpoints take no network isolation",
  captureUri: "serverless endpoints capture no data",
  capturePercent: "serverless endpoints capture no data",
  variants: "serverless endpoints have one variant",
  shadow: "serverless endpoints take no shadow variant",
  containers: "serverless endpoints take no inference pipelines and no further containers",
  cacheModels: "serverless endpoints are not multi-model",
  instanceType: "serverless endpoints have no instances, and no GPU: memoryMb decides",
  minInstances: "serverless endpoints have no instances: provisionedConcurrency is kept ready",
  maxInstances: "serverless endpoints have no instances: maxConcurrency is the bound",
  volumeSizeGb: "serverless endpoints have 5 GB of disk",
  canaryPercent: "serverless endpoints have no instances to try an update on",
  savingsPlan: "SageMaker Savings Plans cover instances, which serverless endpoints have none of",
} as const;

/**
 * Checks the arguments and fills in the defaults.
 * @throws pulumi.InputPropertiesError with every problem at once
 */
export function checkServerlessEndpointArgs(name: string, args: ServerlessEndpointArgs): CheckedServerlessEndpointArgs {
  const defaults = SERVERLESS_ENDPOINT_DEFAULTS;
  const checks = new CheckedInputs(`ServerlessEndpoint ${name}`);
  refuseExcluded(args, EXCLUDED, checks);
  const maxConcurrency = checks.plain(
    "maxConcurrency",
    args.maxConcurrency ?? defaults.maxConcurrency,
    integerWithin(CONCURRENCY.min, CONCURRENCY.max, "invocations"),
  );
  const checked = {
    endpoint: checkServedArgs(name, args, checks),
    source: checkModelSource(args, { at: "", instanceType: undefined }, checks),
    memoryMb: checks.plain("memoryMb", args.memoryMb ?? defaults.memoryMb, {
      allowed: `${MEMORY.min} to ${MEMORY.max} MB in steps of ${MEMORY.step}`,
      test: (value) => value >= MEMORY.min && value <= MEMORY.max && value % MEMORY.step === 0,
    }),
    maxConcurrency,
    provisioned: checkProvisioned(args, maxConcurrency, checks),
  };
  checks.assert();
  return checked;
}

function checkProvisioned(
  args: ServerlessEndpointArgs,
  maxConcurrency: number,
  checks: CheckedInputs,
): CheckedServerlessEndpointArgs["provisioned"] {
  const { provisionedConcurrency, maxProvisionedConcurrency, targetUtilizationPercent } = args;
  const only = (property: keyof ServerlessEndpointArgs, other: keyof ServerlessEndpointArgs) => {
    if (args[property] === undefined || args[other] !== undefined) return;
    checks.add([{ property, given: `without ${other}`, allowed: `only together with ${other}` }]);
  };
  only("maxProvisionedConcurrency", "provisionedConcurrency");
  only("targetUtilizationPercent", "maxProvisionedConcurrency");
  const bound = Math.min(Math.max(maxConcurrency, CONCURRENCY.min), CONCURRENCY.max);
  if (provisionedConcurrency === undefined) return undefined;
  const least = checks.plain(
    "provisionedConcurrency",
    provisionedConcurrency,
    integerWithin(CONCURRENCY.min, bound, "invocations, at most maxConcurrency"),
  );
  return {
    least,
    most: checks.plain(
      "maxProvisionedConcurrency",
      maxProvisionedConcurrency ?? least,
      maxProvisionedConcurrency === undefined
        ? { allowed: "", test: () => true }
        : integerWithin(
            Math.min(Math.max(least, CONCURRENCY.min), bound),
            bound,
            "invocations, at least provisionedConcurrency and at most maxConcurrency",
          ),
    ),
    targetUtilizationPercent: checks.plain(
      "targetUtilizationPercent",
      targetUtilizationPercent ?? SERVERLESS_ENDPOINT_DEFAULTS.targetUtilizationPercent,
      integerWithin(1, 90, "percent"),
    ),
  };
}
