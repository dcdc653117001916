import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { BookData, readBookData } from "../../../../cli/pricing/book/readPriceBook";
import { updatePrices } from "../../../../cli/pricing/update/updatePrices";
import { planOfferFile, planRegionIndex } from "./planOfferFiles";

const SAGEMAKER = "AWSMachineLearningSavingsPlans";
const COMPUTE = "AWSComputeSavingsPlan";
const HOSTING = "USE1-Host:ml.c7g.large";

const PLANS = planOfferFile([
  {
    sku: "ONEYEAR",
    years: 1,
    purchaseOption: "No Upfront",
    rates: [
      { usageType: HOSTING, price: "0.0653" },
      { usageType: "USE1-Host:ml.m5.large", price: "0.0900" },
      { usageType: "USE1-Host:ml.m5.large", price: "0.0800" },
      { usageType: "USE1-Host:ml.q9.large", price: "0.0100" },
      { usageType: "USE1-UnusedHost:ml.c7g.large", price: "0.0653" },
      { usageType: "USE1-Train:ml.c5.xlarge", price: "1.2", currency: "CNY" },
    ],
  },
  { sku: "THREE", years: 3, purchaseOption: "All Upfront", rates: [{ usageType: HOSTING, price: "0.0400000000" }] },
  { sku: "ODD", years: 2, purchaseOption: "No Upfront", rates: [{ usageType: HOSTING, price: "0.05" }] },
]);
const COMPUTE_PLANS = planOfferFile(
  [
    {
      sku: "LAMBDA",
      years: 1,
      purchaseOption: "Partial Upfront",
      rates: [
        { usageType: "Lambda-Provisioned-Concurrency-ARM", price: "0.0000029334", service: "AWSLambda" },
        { usageType: "BoxUsage:c7g.large", price: "0.05", service: "AmazonEC2" },
      ],
    },
    {
      sku: "EC2",
      years: 1,
      purchaseOption: "No Upfront",
      family: "EC2InstanceSavingsPlans",
      rates: [{ usageType: "Lambda-Provisioned-Concurrency", price: "0.000001", service: "AWSLambda" }],
    },
  ],
  "ComputeSavingsPlans",
);
const FILES: Readonly<Record<string, string>> = {
  [`/savingsPlan/v1.0/aws/${SAGEMAKER}/current/region_index.json`]: planRegionIndex(SAGEMAKER, [
    "af-south-1",
    "us-east-1",
  ]),
  [`/savingsPlan/v1.0/aws/${SAGEMAKER}/20261118160516/us-east-1/index.json`]: PLANS,
  [`/savingsPlan/v1.0/aws/${COMPUTE}/current/region_index.json`]: planRegionIndex(COMPUTE, ["us-east-1"]),
  [`/savingsPlan/v1.0/aws/${COMPUTE}/20261118160516/us-east-1/index.json`]: COMPUTE_PLANS,
};

describe("prices update of Savings Plans", () => {
  let folder = "";
  const shipped = readBookData(join(tmpdir(), "no-such-book.json"));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const update = (services: readonly string[], regions = ["us-east-1"], book = shipped) =>
    updatePrices(book, { services, regions, from: folder });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "frugal-ml-plans-"));
    for (const [path, text] of Object.entries(FILES)) write(path, text);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("takes rates of usage types that have a price on demand, with their source and date", async () => {
    const { book, planRates, ambiguous, renewed, kept } = await update([SAGEMAKER, COMPUTE]);
    const source = (offer: string) =>
      `https://pricing.us-east-1.amazonaws.com/savingsPlan/v1.0/aws/${offer}/20261118160516/us-east-1/index.json`;
    assert.deepEqual(BookData.parse(JSON.parse(JSON.stringify(book))).planRates, [
      {
        kind: "sagemaker",
        term: "1yr",
        payment: "no-upfront",
        region: "us-east-1",
        service: "AmazonSageMaker",
        source: source(SAGEMAKER),
        sourceDate: "2026-11-18",
        rates: { "Host:ml.c7g.large": "0.0653" },
      },
      {
        kind: "sagemaker",
        term: "3yr",
        payment: "all-upfront",
        region: "us-east-1",
        service: "AmazonSageMaker",
        source: source(SAGEMAKER),
        sourceDate: "2026-11-18",
        rates: { "Host:ml.c7g.large": "0.04" },
      },
      {
        kind: "compute",
        term: "1yr",
        payment: "partial-upfront",
        region: "us-east-1",
        service: "AWSLambda",
        source: source(COMPUTE),
        sourceDate: "2026-11-18",
        rates: { "Lambda-Provisioned-Concurrency-ARM": "0.0000029334" },
      },
    ]);
    assert.equal(planRates, 3);
    // Two rates of one usage type: nobody says which.
    assert.deepEqual(ambiguous, ["sagemaker 1yr no-upfront us-east-1 USE1-Host:ml.m5.large"]);
    assert.deepEqual([renewed, kept], [0, []]);
    // The prices are as old as they were.
    assert.equal(book.date, shipped.date);
    assert.equal(book.entries.length, shipped.entries.length);
  });

  it("keeps rates of plans that were not asked for, and renews those that were", async () => {
    const { book } = await update([SAGEMAKER, COMPUTE]);
    write(
      `/savingsPlan/v1.0/aws/${SAGEMAKER}/20261118160516/us-east-1/index.json`,
      planOfferFile([
        { sku: "A", years: 1, purchaseOption: "No Upfront", rates: [{ usageType: HOSTING, price: "0.07" }] },
      ]),
    );
    const again = await update([SAGEMAKER], ["us-east-1"], book);
    assert.deepEqual(
      again.book.planRates?.map(({ kind, term, rates }) => [kind, term, ...Object.values(rates)]),
      [
        ["sagemaker", "1yr", "0.07"],
        ["sagemaker", "3yr", "0.04"],
        ["compute", "1yr", "0.0000029334"],
      ],
    );
    // An update of prices alone leaves them too.
    assert.equal((await update([], [], again.book)).book.planRates?.length, 3);
  });

  it("refuses a Region that is not there, a file that is cut short, and what is no offer", async () => {
    await assert.rejects(update([SAGEMAKER], ["eu-west-1"]), {
      code: "OfferNotFound",
      message: /AWSMachineLearningSavingsPlans has no rates of eu-west-1; Regions: af-south-1, us-east-1/,
    });
    const file = `/savingsPlan/v1.0/aws/${SAGEMAKER}/20261118160516/us-east-1/index.json`;
    write(file, PLANS.slice(0, -40));
    await assert.rejects(update([SAGEMAKER]), { code: "BadOffer", message: /us-east-1\/index\.json.*ends too early/ });
    write(file, '{"products": [], "terms": {"savingsPlan": []}}');
    await assert.rejects(update([SAGEMAKER]), { code: "BadOffer", message: /publicationDate/ });
  });
});
