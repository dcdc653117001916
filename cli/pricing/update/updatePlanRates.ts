import * as z from "zod";
import { CannotRunError } from "../../../contracts/cannotRunError";
import { SavingsPlanKind } from "../../../contracts/tags";
import { PLAN_SERVICE, type PlanRates } from "../plans/planRates";
import { type OfferLocation, readOfferFile, readOfferIndex } from "./offerLocation";
import { planOffer } from "./planOffer";
import { withoutPrefix } from "./regionPrefix";

interface PlanOfferCode {
  readonly kind: SavingsPlanKind;
  readonly family: string;
}

/**
 * AWS's offers of Savings Plans, by their codes
 * (docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/sp-offer-file.html).
 */
export const PLAN_OFFERS: Readonly<Record<string, PlanOfferCode>> = {
  AWSMachineLearningSavingsPlans: { kind: SavingsPlanKind.SageMaker, family: "SageMakerSavingsPlans" },
  AWSComputeSavingsPlan: { kind: SavingsPlanKind.Compute, family: "ComputeSavingsPlans" },
};

/** The index of an offer's Regions: a list, unlike those of services. */
const RegionIndex = z.object({ regions: z.array(z.object({ regionCode: z.string(), versionUrl: z.string() })) });

/** What to fetch, and from where. */
export interface PlanRatesOptions {
  readonly offers: readonly string[];
  readonly regions: readonly string[];
  /** Usage types of a service and Region that have a price on demand: no other rate can be advised upon. */
  readonly priced: (service: string, region: string, usageType: string) => boolean;
  readonly host: string;
  readonly progress?: (what: string) => void;
}

/** Rates of Savings Plans as AWS publishes them. */
export interface FetchedPlanRates {
  readonly planRates: readonly PlanRates[];
  /** Rates that a file has several of, as `plan Region usage type`: none of them is taken. */
  readonly ambiguous: readonly string[];
}

/**
 * Fetches rates of Savings Plans from AWS's public offer files.
 * @throws CannotRunError `PricesNotDownloaded`, `OfferNotFound` or `BadOffer`, naming the file
 */
export async function fetchPlanRates(options: PlanRatesOptions, location: OfferLocation): Promise<FetchedPlanRates> {
  const planRates: PlanRates[] = [];
  const ambiguous: string[] = [];
  for (const code of options.offers) {
    const offer = PLAN_OFFERS[code];
    if (offer === undefined) continue;
    const { kind, family } = offer;
    const service = PLAN_SERVICE[kind];
    const path = `/savingsPlan/v1.0/aws/${code}/current/region_index.json`;
    const { regions } = await readOfferIndex(path, location, (json) => RegionIndex.parse(json));
    for (const region of options.regions) {
      const found = regions.find(({ regionCode }) => regionCode === region)?.versionUrl;
      if (found === undefined) {
        const known = regions.map(({ regionCode }) => regionCode).join(", ");
        throw new CannotRunError("OfferNotFound", `${code} has no rates of ${region}; Regions: ${known}`);
      }
      options.progress?.(`${code} ${region}`);
      const file = await readOfferFile(found, location, (path) =>
        planOffer(path, family, (discounted, usageType) => {
          return discounted === service && options.priced(service, region, withoutPrefix(usageType, region));
        }),
      );
      for (const { term, payment, rates, ambiguous: several } of file.plans) {
        const plain = Object.entries(rates).map(([usageType, rate]) => [withoutPrefix(usageType, region), rate]);
        ambiguous.push(...several.map((usageType) => `${kind} ${term} ${payment} ${region} ${usageType}`));
        const source = `${options.host}${found}`;
        planRates.push({
          ...{ kind, term, payment, region, service, source, sourceDate: file.published },
          rates: Object.fromEntries(plain),
        });
      }
    }
  }
  return { planRates, ambiguous };
}
