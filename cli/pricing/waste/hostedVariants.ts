import { type GraphObject, type GraphResource, isUnknown } from "../../../contracts/graph";
import { inputAt, numberAt, textAt } from "../../quotas/graphInput";
import type { LineItem, PricedResource } from "../priceResult";
import { configurationOf, isAsync, scalingOf, variantLabel, variantsOf } from "../resources/endpoint";
import type { WasteBill } from "./wasteBill";

const ENDPOINT = "aws:sagemaker/endpoint:Endpoint";
const MODEL = "aws:sagemaker/model:Model";

/** A variant of an endpoint that answers on instances. */
export interface HostedVariant {
  readonly endpoint: GraphResource;
  readonly named: PricedResource;
  readonly instanceType: string;
  /** True when requests are queued in S3. */
  readonly asynchronous: boolean;
  /** True when the endpoint has others. */
  readonly several: boolean;
  /** True when one of its models is one of many in a folder. */
  readonly manyModels: boolean;
  readonly scales: boolean;
  /** Instances that are always there; undefined when that is not known. */
  readonly least: number | undefined;
  /** Lines of its instances and volumes; none where the book has no price. */
  readonly lines: readonly LineItem[];
}

/** Every variant on instances of the stack's endpoints, whose type is known. */
export function hostedVariants(bill: WasteBill): readonly HostedVariant[] {
  return bill.ofTypes(ENDPOINT).flatMap(([endpoint, named]) => {
    const configuration = configurationOf(endpoint, bill.stack);
    if (configuration === undefined) return [];
    const variants = variantsOf(configuration);
    const several = variants.length > 1;
    const manyModels = bill.stack.dependencies(configuration, MODEL).some(servesMany);
    return variants.flatMap((variant): readonly HostedVariant[] => {
      const instanceType = textAt(variant, "instanceType");
      if (instanceType === undefined) return [];
      const label = variantLabel(variant, several);
      const lines = bill
        .lines(endpoint, "Host:", "AsyncInf:")
        .filter(({ what }) => what === `instances${label}` || what === `volumes${label}`);
      const scaling = scalingOf(variant, several, endpoint, bill.stack);
      const own = managed(variant);
      return [
        {
          endpoint,
          named,
          instanceType,
          asynchronous: isAsync(configuration),
          several,
          manyModels,
          scales: scaling !== undefined || own !== undefined,
          least: scaling ? numberAt(scaling.inputs, "minCapacity") : (own ?? initial(variant)),
          lines,
        },
      ];
    });
  });
}

function initial(variant: GraphObject): number | undefined {
  const given = variant["initialInstanceCount"];
  if (given === undefined) return 1;
  return typeof given === "number" ? given : undefined;
}

/** Least instances of a variant that scales itself. */
function managed(variant: GraphObject): number | undefined {
  const status = inputAt(variant, "managedInstanceScaling", "status");
  if (isUnknown(status) || status !== "ENABLED") return undefined;
  return numberAt(variant, "managedInstanceScaling", "minInstanceCount") ?? 1;
}

function servesMany({ inputs }: GraphResource): boolean {
  return textAt(inputs, "primaryContainer", "mode") === "MultiModel";
}
