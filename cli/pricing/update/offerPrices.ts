import { createReadStream } from "node:fs";
import * as z from "zod";
import { Decimal } from "../decimal";
import { jsonValues } from "./jsonValues";

/** A price as an offer file has it: its usage type still with the Region's prefix. */
export interface OfferPrice {
  readonly usageType: string;
  readonly unit: string;
  readonly tiers: readonly { readonly from: number; readonly to?: number; readonly usd: string }[];
}

/** What an offer file says. */
export interface Offer {
  /** ISO date on which AWS published it. */
  readonly published: string;
  readonly prices: readonly OfferPrice[];
}

const Product = z.object({ attributes: z.object({ usagetype: z.string().default("") }).default({ usagetype: "" }) });
const Terms = z.record(
  z.string(),
  z.object({
    priceDimensions: z.record(
      z.string(),
      z.object({
        beginRange: z.string().default("0"),
        endRange: z.string().default("Inf"),
        unit: z.string(),
        pricePerUnit: z.object({ USD: z.string().optional() }),
      }),
    ),
  }),
);

/** Names that lead to a product's terms: `terms`, `OnDemand`, its SKU. */
const DEEPEST = 3;

/**
 * Reads AWS's public offer file of a service and Region: on-demand prices of the usage types that are wanted. The file may
 * be of any size; one product is held at a time.
 * @throws SyntaxError or ZodError when it is not such a file
 */
export async function offerPrices(file: string, wanted: (usageType: string) => boolean): Promise<Offer> {
  let published = "";
  const usageTypes = new Map<string, string>();
  const prices: OfferPrice[] = [];
  const parts = jsonValues(
    createReadStream(file, { encoding: "utf8" }),
    (path) => {
      const [first, second, sku] = path;
      if (sku !== undefined) return first === "terms" && second === "OnDemand" && usageTypes.has(sku);
      return second === undefined ? first === "publicationDate" : first === "products";
    },
    DEEPEST,
  );
  for await (const { path, value } of parts) {
    const sku = path.at(-1) ?? "";
    if (path[0] === "publicationDate") published = z.string().parse(value).slice(0, 10);
    else if (path[0] === "products") {
      const { usagetype } = Product.parse(value).attributes;
      if (wanted(usagetype)) usageTypes.set(sku, usagetype);
    } else {
      const usageType = usageTypes.get(sku);
      if (usageType !== undefined)
        prices.push(...Object.values(Terms.parse(value)).flatMap((term) => tiersOf(usageType, term)));
    }
  }
  if (published === "") throw new SyntaxError("it names no publicationDate");
  return { published, prices };
}

function tiersOf(usageType: string, { priceDimensions }: z.output<typeof Terms>[string]): readonly OfferPrice[] {
  const dimensions = Object.values(priceDimensions);
  const [first] = dimensions;
  if (first === undefined || dimensions.some(({ pricePerUnit }) => pricePerUnit.USD === undefined)) return [];
  const tiers = dimensions.map(({ beginRange, endRange, pricePerUnit }) => ({
    from: Number(beginRange),
    ...(endRange !== "Inf" && { to: Number(endRange) }),
    usd: Decimal.of(pricePerUnit.USD ?? "0").toString(),
  }));
  return [{ usageType, unit: first.unit, tiers: tiers.sort((a, b) => a.from - b.from) }];
}
