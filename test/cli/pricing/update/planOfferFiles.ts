/** A rate of a plan made by hand. */
export interface HandmadeRate {
  readonly usageType: string;
  readonly price: string;
  readonly service?: string;
  readonly currency?: string;
}

/** A plan made by hand: its years, how it is paid, and its rates. */
export interface HandmadePlan {
  readonly sku: string;
  readonly years: number;
  readonly purchaseOption: string;
  readonly family?: string;
  readonly rates: readonly HandmadeRate[];
}

/**
 * An offer file of Savings Plans as AWS writes it, of plans made by hand: products and terms are lists, prices are texts, and
 * a rate's code begins with its plan's SKU.
 */
export function planOfferFile(plans: readonly HandmadePlan[], family = "SageMakerSavingsPlans"): string {
  const file = {
    version: "20261118160516",
    publicationDate: "2026-11-18T16:05:16Z",
    products: plans.map(({ sku, years, purchaseOption, family: own = family }) => ({
      sku,
      productFamily: own,
      serviceCode: "MachineLearningSavingsPlans",
      usageType: `SageMakerSP:${years}yr${purchaseOption.replace(" ", "")}`,
      operation: "",
      attributes: {
        purchaseOption,
        granularity: "hourly",
        purchaseTerm: `${years}yr`,
        location: "Any",
        locationType: "AWS Region",
      },
    })),
    terms: {
      savingsPlan: plans.map(({ sku, years, purchaseOption, rates }) => ({
        sku,
        description: `${years} year ${purchaseOption} SageMaker Savings Plan`,
        effectiveDate: "2026-11-18T16:05:16Z",
        leaseContractLength: { duration: years, unit: "year" },
        rates: rates.map(({ usageType, price, service = "AmazonSageMaker", currency = "USD" }, at) => ({
          discountedSku: `SKU${at}`,
          discountedUsageType: usageType,
          discountedOperation: "RunInstance",
          discountedServiceCode: service,
          rateCode: `${sku}.SKU${at}`,
          unit: "Hrs",
          discountedRate: { price, currency },
        })),
      })),
    },
  };
  return JSON.stringify(file, undefined, 1);
}

/** An index of an offer's Regions: a list, unlike those of services. */
export function planRegionIndex(offer: string, regions: readonly string[]): string {
  return JSON.stringify({
    disclaimer: "This pricing list is for informational purposes only.",
    publicationDate: "2026-11-18T16:05:16Z",
    regions: regions.map((regionCode) => ({
      regionCode,
      versionUrl: `/savingsPlan/v1.0/aws/${offer}/20261118160516/${regionCode}/index.json`,
    })),
  });
}
