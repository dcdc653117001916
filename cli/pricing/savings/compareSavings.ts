import type { ResourceGraph } from "../../../contracts/graph";
import { numberAt } from "../../quotas/graphInput";
import type { PriceBook } from "../book/priceBook";
import { Decimal } from "../decimal";
import { PricedStack } from "../pricedStack";
import type { PriceResult } from "../priceResult";
import { imageRequests } from "../resources/imageDeliveries";
import type { Usage } from "../usage/usage";
import { comparePreprocessing } from "./preprocessing";
import { Rates } from "./rates";
import type { Comparison } from "./savings";
import { compareSeedTable } from "./seedTable";
import { compareServing, type Hosting } from "./serving";
import { compareTraining } from "./training";

/** Memory of a function with one whole vCPU, for a stack that normalises no images. */
const ONE_VCPU_MB = 1769;

/** A stack against named ways of doing the same, from the same usage and book. Empty when the stack's Region is not known. */
export function compareSavings(
  graph: ResourceGraph,
  book: PriceBook,
  usage: Usage,
  result: PriceResult,
): readonly Comparison[] {
  const stack = new PricedStack(graph, usage);
  const region = result.items.map(({ price }) => price.key.region).find((name) => name !== "global");
  if (region === undefined) return [];
  const lambda = stack.resources.find((resource) => {
    return resource.type === "aws:lambda/function:Function" && imageRequests(resource, stack) !== undefined;
  });
  const hosting = hostingOf(result);
  const training = compareTraining(result.items, usage.training.spotDiscount);
  return [
    ...(lambda
      ? [comparePreprocessing(usage, new Rates(book, region), numberAt(lambda.inputs, "memorySize") ?? ONE_VCPU_MB)]
      : []),
    ...(hosting ? [compareServing(stack, new Rates(book, region), hosting)] : []),
    ...(training ? [training] : []),
    compareSeedTable(new Rates(book, region)),
  ];
}

/** The first endpoint with instances, as it was priced. */
function hostingOf({ items }: PriceResult): Hosting | undefined {
  const instances = items.find(({ price }) => price.key.usageType.startsWith("Host:ml."));
  if (instances === undefined) return undefined;
  const { resource, quantity, price } = instances;
  const count = Math.round(quantity.expected.over(Decimal.of(730)).toNumber());
  const volumes = items.find(({ resource: one, price: other }) => {
    return one.urn === resource.urn && other.key.usageType === "Host:VolumeUsage.gp2";
  });
  return {
    instanceType: price.key.usageType.replace("Host:", ""),
    instances: count,
    volumeGb: count === 0 ? 0 : (volumes?.quantity.expected.toNumber() ?? 0) / count,
  };
}
