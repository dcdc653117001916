import type { GraphObject, GraphResource } from "../../contracts/graph";
import { inputAt, numberAt, objectsAt, textAt } from "./graphInput";
import { InstanceUsage, instanceNeed, type QuotaNeed } from "./quotaNeed";

const ENDPOINT = "aws:sagemaker/endpoint:Endpoint";
const CONFIGURATION = "aws:sagemaker/endpointConfiguration:EndpointConfiguration";
const SCALING = "aws:appautoscaling/target:Target";
const SCALED = "sagemaker:variant:DesiredInstanceCount";

/** Name of the quota on what all serverless endpoints of a Region may answer at once. */
const SERVERLESS = "Maximum total concurrency that can be allocated across all serverless endpoints";

/** What endpoints need: the instances of every variant, as many as automatic scaling may start. */
export function endpointQuotas(resources: readonly GraphResource[]): readonly QuotaNeed[] {
  const configurations = resources.filter(({ type }) => type === CONFIGURATION);
  const scalings = resources.filter(({ type, inputs }) => {
    return type === SCALING && textAt(inputs, "scalableDimension") === SCALED;
  });
  return resources
    .filter(({ type }) => type === ENDPOINT)
    .flatMap((endpoint) => {
      const configuration = configurations.find((candidate) => isConfigurationOf(endpoint, candidate));
      if (configuration === undefined) return [];
      const scaled = scalings.filter((scaling) => scales(scaling, endpoint));
      const variants = ["productionVariants", "shadowProductionVariants"].flatMap((property) =>
        objectsAt(configuration.inputs, property),
      );
      return variants.map((variant) => variantNeed(variant, configuration, variants.length, scaled));
    });
}

function isConfigurationOf(endpoint: GraphResource, { urn, inputs, id, outputs }: GraphResource): boolean {
  if (endpoint.propertyDependencies["endpointConfigName"]?.includes(urn) || endpoint.dependencies.includes(urn))
    return true;
  const named = textAt(endpoint.inputs, "endpointConfigName");
  return named !== undefined && [id, textAt(inputs, "name"), textAt(outputs, "name")].includes(named);
}

function scales({ inputs, dependencies, propertyDependencies }: GraphResource, endpoint: GraphResource): boolean {
  const on = propertyDependencies["resourceId"] ?? dependencies;
  if (on.includes(endpoint.urn)) return true;
  const named = textAt(inputs, "resourceId")?.split("/")[1];
  return named !== undefined && [endpoint.id, textAt(endpoint.inputs, "name")].includes(named);
}

function variantNeed(
  variant: GraphObject,
  { urn }: GraphResource,
  variants: number,
  scalings: readonly GraphResource[],
): QuotaNeed {
  const serverless = objectsAt(variant, "serverlessConfig")[0];
  if (serverless) {
    const most = numberAt(serverless, "maxConcurrency");
    return { service: "sagemaker", quota: SERVERLESS, needed: most ?? 1, atLeast: most === undefined, because: urn };
  }
  const name = textAt(variant, "variantName");
  const own = scalings.filter(({ inputs }) => {
    const scaled = textAt(inputs, "resourceId")?.split("/")[3];
    // Which variant is scaled is part of an id that may not be known yet; then any may be.
    return scaled === undefined || name === undefined || variants === 1 || scaled === name;
  });
  const fixed = inputAt(variant, "initialInstanceCount") === undefined ? 1 : numberAt(variant, "initialInstanceCount");
  const counts = [fixed, ...own.map(({ inputs }) => numberAt(inputs, "maxCapacity"))];
  const known = counts.filter((count) => count !== undefined);
  const need = instanceNeed(urn, InstanceUsage.Endpoint, textAt(variant, "instanceType"), Math.max(1, ...known));
  return known.length < counts.length ? { ...need, atLeast: true } : need;
}
