/** One product of an offer file made by hand. */
export interface HandmadeProduct {
  readonly sku: string;
  readonly usageType: string;
  readonly unit: string;
  /** Price of each tier, and where it ends. */
  readonly tiers: readonly (readonly [usd: string, end: string])[];
}

/** An offer file as AWS writes it, of products made by hand. */
export function offerFile(offerCode: string, products: readonly HandmadeProduct[], indent?: number): string {
  const file = {
    formatVersion: "v1.0",
    disclaimer: 'This pricing list is for {informational} purposes only, "as is" \\ [see terms]',
    offerCode,
    version: "20261120000000",
    publicationDate: "2026-11-20T08:15:00Z",
    products: Object.fromEntries(
      products.map(({ sku, usageType }) => [
        sku,
        {
          sku,
          productFamily: "ML Instance",
          attributes: { servicecode: offerCode, usagetype: usageType, instanceType: "NA" },
        },
      ]),
    ),
    terms: {
      OnDemand: Object.fromEntries(
        products.map(({ sku, unit, tiers }) => [
          sku,
          {
            [`${sku}.JRTCKXETXF`]: {
              offerTermCode: "JRTCKXETXF",
              sku,
              effectiveDate: "2026-11-01T00:00:00Z",
              priceDimensions: Object.fromEntries(
                tiers.map(([usd, end], at) => [
                  `${sku}.JRTCKXETXF.${at}`,
                  {
                    rateCode: `${sku}.JRTCKXETXF.${at}`,
                    description: `$${usd} per ${unit}`,
                    beginRange: at === 0 ? "0" : tiers[at - 1]?.[1],
                    endRange: end,
                    unit,
                    pricePerUnit: { USD: usd },
                    appliesTo: [],
                  },
                ]),
              ),
              termAttributes: {},
            },
          },
        ]),
      ),
      Reserved: {},
    },
  };
  return JSON.stringify(file, undefined, indent);
}

/** An index of a service's Regions. */
export function regionIndex(offerCode: string, regions: readonly string[]): string {
  const entries = regions.map((region) => [
    region,
    { regionCode: region, currentVersionUrl: `/offers/v1.0/aws/${offerCode}/20261120000000/${region}/index.json` },
  ]);
  return JSON.stringify({ formatVersion: "v1.0", regions: Object.fromEntries(entries) });
}
