import { createReadStream } from "node:fs";
import * as z from "zod";
import { SavingsPlanPayment, SavingsPlanTerm } from "../../../contracts/tags";
import { Decimal } from "../decimal";
import type { Plan } from "../plans/planRates";
import { jsonValues } from "./jsonValues";

/** Rates of one plan, as an offer file has them: usage types still with the Region's prefix. */
export interface OfferedPlan extends Pick<Plan, "term" | "payment"> {
  /** US dollars for a unit, by usage type. */
  readonly rates: Readonly<Record<string, string>>;
  /** Usage types for which the file has several rates. */
  readonly ambiguous: readonly string[];
}

/** What an offer file of Savings Plans says. */
export interface PlanOfferFile {
  /** ISO date on which AWS published it. */
  readonly published: string;
  readonly plans: readonly OfferedPlan[];
}

const Product = z.object({
  sku: z.string(),
  productFamily: z.string().default(""),
  attributes: z.object({ purchaseOption: z.string().default("") }).default({ purchaseOption: "" }),
});
const Lease = z.object({ duration: z.number(), unit: z.string() });
const Rate = z.object({
  rateCode: z.string(),
  discountedUsageType: z.string().default(""),
  discountedServiceCode: z.string().default(""),
  discountedRate: z.object({ price: z.string(), currency: z.string() }),
});

const PAYMENTS: Readonly<Record<string, SavingsPlanPayment>> = {
  "No Upfront": SavingsPlanPayment.NoUpfront,
  "Partial Upfront": SavingsPlanPayment.PartialUpfront,
  "All Upfront": SavingsPlanPayment.AllUpfront,
};
const TERMS: Readonly<Record<number, SavingsPlanTerm>> = {
  1: SavingsPlanTerm.OneYear,
  3: SavingsPlanTerm.ThreeYears,
};

/** Names that lead to a rate: `terms`, `savingsPlan`, the plan, `rates`, the rate. */
const DEEPEST = 5;

/**
 * Reads AWS's public offer file of Savings Plans in a Region. It may be of any size; one rate is held at a time.
 * @param family product family of the plans that are wanted: the file of Compute Savings Plans has those of EC2 instances too
 * @param wanted which rates are wanted
 * @throws SyntaxError or ZodError when it is not such a file
 */
export async function planOffer(
  file: string,
  family: string,
  wanted: (service: string, usageType: string) => boolean,
): Promise<PlanOfferFile> {
  let published = "";
  const payments = new Map<string, SavingsPlanPayment>();
  const skus = new Map<string, string>();
  const terms = new Map<string, SavingsPlanTerm>();
  const rates = new Map<string, Map<string, Set<string>>>();
  const parts = jsonValues(
    createReadStream(file, { encoding: "utf8" }),
    ([first, second, at, name, rate]) => {
      if (at === undefined) return second === undefined ? first === "publicationDate" : first === "products";
      if (first !== "terms" || second !== "savingsPlan") return false;
      return rate === undefined ? name === "sku" || name === "leaseContractLength" : name === "rates";
    },
    DEEPEST,
  );
  for await (const { path, value } of parts) {
    const [first, , at = "", name] = path;
    if (first === "publicationDate") published = z.string().parse(value).slice(0, 10);
    else if (first === "products") {
      const { sku, productFamily, attributes } = Product.parse(value);
      const payment = PAYMENTS[attributes.purchaseOption];
      if (productFamily === family && payment !== undefined) payments.set(sku, payment);
    } else if (name === "sku") skus.set(at, z.string().parse(value));
    else if (name === "leaseContractLength") {
      const { duration, unit } = Lease.parse(value);
      const term = unit === "year" ? TERMS[duration] : undefined;
      if (term !== undefined) terms.set(at, term);
    } else {
      const { rateCode, discountedUsageType, discountedServiceCode, discountedRate } = Rate.parse(value);
      // What is not used of a plan has usage types of its own.
      if (discountedUsageType.includes("Unused") || !wanted(discountedServiceCode, discountedUsageType)) continue;
      if (discountedRate.currency !== "USD") continue;
      const sku = rateCode.split(".")[0] ?? "";
      const ofPlan = rates.get(sku) ?? new Map<string, Set<string>>();
      const prices = ofPlan.get(discountedUsageType) ?? new Set();
      rates.set(sku, ofPlan.set(discountedUsageType, prices.add(Decimal.of(discountedRate.price).toString())));
    }
  }
  if (published === "") throw new SyntaxError("it names no publicationDate");
  const plans = [...skus].flatMap(([at, sku]): OfferedPlan[] => {
    const [term, payment, ofPlan] = [terms.get(at), payments.get(sku), rates.get(sku)];
    if (term === undefined || payment === undefined || ofPlan === undefined) return [];
    const one = [...ofPlan].filter(([, prices]) => prices.size === 1);
    return [
      {
        term,
        payment,
        rates: Object.fromEntries(one.map(([usageType, prices]) => [usageType, [...prices][0] ?? ""])),
        ambiguous: [...ofPlan].filter(([, prices]) => prices.size > 1).map(([usageType]) => usageType),
      },
    ];
  });
  return { published, plans };
}
