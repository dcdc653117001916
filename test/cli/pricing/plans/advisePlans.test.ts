import assert from "node:assert/strict";
import * as fc from "fast-check";
import { PriceBook } from "../../../../cli/pricing/book/priceBook";
import { readBookData } from "../../../../cli/pricing/book/readPriceBook";
import { Decimal } from "../../../../cli/pricing/decimal";
import type { PlanOffer } from "../../../../cli/pricing/plans/planAdvice";
import { plansOf } from "../../../../cli/pricing/plans/planRates";
import { UNKNOWN } from "../../../../contracts/graph";
import { advise, endpoint, leftOut, ofKind, provisioned, rates } from "./planStacks";

const C7G = { instanceType: "ml.c7g.large", initialInstanceCount: 2 };
const M5 = { instanceType: "ml.m5.large", initialInstanceCount: 1 };

/** Two hosts: 2 × 0.087 + 1 × 0.115 = 0.289 an hour on demand. */
const HOSTS = [...endpoint("small", C7G), ...endpoint("large", M5)];
const RATES = { "Host:ml.c7g.large": "0.06", "Host:ml.m5.large": "0.092" };

function figures(offer: PlanOffer | undefined): Readonly<Record<string, string | undefined>> {
  return {
    commitment: offer?.commitment?.toString(),
    breakEven: offer?.breakEvenUtilization.toString(),
    total: offer?.obligation.total.toString(),
    upfront: offer?.obligation.upfront.toString(),
    monthly: offer?.obligation.monthly.toString(4),
    earnedBack: offer?.upfrontMonths?.toString(),
  };
}

function cases(offer: PlanOffer | undefined): readonly (readonly string[])[] {
  return (offer?.cases ?? []).map(({ load, utilization, coverage, monthlySaving }) => [
    load,
    utilization.toString(),
    coverage.toString(),
    monthlySaving.toString(4),
  ]);
}

describe("Savings Plan advice with rates", () => {
  const given = [
    rates("sagemaker", ["1yr", "no-upfront"], RATES),
    rates("sagemaker", ["1yr", "partial-upfront"], RATES),
    rates("sagemaker", ["3yr", "all-upfront"], RATES),
  ];
  const { offers, byDiscount, safeWhateverTheDiscount } = ofKind(advise(HOSTS, given), "sagemaker");
  const [none, half, all] = offers;

  it("commits to what runs in every hour at the plan's rates, and equals what is computed by hand", () => {
    assert.deepEqual(
      offers.map(({ term, payment }) => `${term} ${payment}`),
      ["1yr no-upfront", "1yr partial-upfront", "3yr all-upfront"],
    );
    // 2 × 0.06 + 0.092 = 0.212; 0.212 / 0.289 = 0.73356; 0.212 × 8,760 = 1,857.12, a twelfth is 154.76.
    assert.deepEqual(figures(none), {
      commitment: "0.212",
      breakEven: "0.7336",
      total: "1857.12",
      upfront: "0",
      monthly: "154.7600",
      earnedBack: "0",
    });
    // Half of it is 928.56, a twelfth of the rest 77.38; a month on demand is 0.289 × 730 = 210.97;
    // 928.56 / (210.97 - 77.38) = 6.9508 months.
    assert.deepEqual(figures(half), {
      commitment: "0.212",
      breakEven: "0.7336",
      total: "1857.12",
      upfront: "928.56",
      monthly: "77.3800",
      earnedBack: "6.95",
    });
    // 0.212 × 26,280 = 5,571.36, earned back after 5,571.36 / 210.97 = 26.408 months of 36.
    assert.deepEqual(figures(all), {
      commitment: "0.212",
      breakEven: "0.7336",
      total: "5571.36",
      upfront: "5571.36",
      monthly: "0.0000",
      earnedBack: "26.41",
    });
  });

  it("says what a fifth less and more of the load comes to", () => {
    // 0.289 - 0.212 = 0.077, × 730 = 56.21. A fifth less is 0.2312 on demand for the same 0.212: 14.016.
    // A fifth more: c7g has the greater discount (31 % to 20 %) and is covered first, 2.4 × 0.06 = 0.144, for 0.2088 on
    // demand. The 0.068 that are left pay for 0.068 / 0.092 × 0.115 = 0.085 of 0.138. Covered 0.2938 of 0.3468 is 0.8472;
    // saved (0.2938 - 0.212) × 730 = 59.714.
    assert.deepEqual(cases(none), [
      ["steady load", "1", "1", "56.2100"],
      ["steady load, 20 % less", "0.8", "1", "14.0160"],
      ["steady load, 20 % more", "1", "0.8472", "59.7140"],
    ]);
  });

  it("knows discounts, and needs no table of them", () => {
    assert.deepEqual(
      none?.lines.map(({ use, discount }) => [use.key.usageType, discount.toString()]),
      [
        ["Host:ml.c7g.large", "0.3103"],
        ["Host:ml.m5.large", "0.2"],
      ],
    );
    assert.deepEqual([byDiscount, safeWhateverTheDiscount], [[], undefined]);
  });

  it("commits to the least where the load is not known, and says what the rest would come to", () => {
    const unsure = endpoint("host", C7G, { scaling: { minCapacity: UNKNOWN, maxCapacity: 5 } });
    const [offer] = ofKind(advise(unsure, given), "sagemaker").offers;
    assert.equal(offer?.commitment?.toString(), "0.06");
    assert.equal(offer?.fullCommitment.high.toString(), "0.3");
    // One of five instances covered; 0.027 × 730.
    assert.deepEqual(cases(offer), [
      ["least load", "1", "1", "19.7100"],
      ["expected load", "1", "1", "19.7100"],
      ["greatest load", "1", "0.2", "19.7100"],
      ["least load, 20 % less", "0.8", "1", "7.0080"],
      ["least load, 20 % more", "1", "0.8333", "19.7100"],
    ]);
  });

  it("tells what the share that tags mean comes to, in the plan that they name", () => {
    const tags = {
      "frugal-ml:savings-plan": "sagemaker",
      "frugal-ml:savings-plan-term": "1yr",
      "frugal-ml:savings-plan-payment": "no-upfront",
      "frugal-ml:savings-plan-share": "0.8",
    };
    const meant = ofKind(advise(endpoint("host", C7G, { tags }), given), "sagemaker").offers;
    // 2 × 0.06 × 0.8.
    assert.deepEqual(
      meant.map(({ intended }) => intended?.toString()),
      ["0.096", undefined, undefined],
    );
  });

  it("leaves out what a plan has no rate for, and what is not cheaper under it", () => {
    const odd = rates("sagemaker", ["1yr", "no-upfront"], { "Host:ml.c7g.large": "0.087" });
    const [offer] = ofKind(advise(HOSTS, [odd]), "sagemaker").offers;
    assert.equal(offer?.commitment, undefined);
    assert.deepEqual(offer?.cases, []);
    assert.deepEqual(
      offer?.without.map(({ why }) => why),
      [
        "its rate $0.087 is not below the price on demand, $0.087",
        "the plan has no rate for Host:ml.m5.large in us-east-1",
      ],
    );
  });

  it("takes rates of the Region alone", () => {
    const abroad = rates("sagemaker", ["1yr", "no-upfront"], RATES, "eu-west-1");
    const { offers: none, byDiscount: rows } = ofKind(advise(HOSTS, [abroad]), "sagemaker");
    assert.deepEqual(none, []);
    assert.ok(rows.length > 0);
  });

  it("takes rates of the book, and before them those that are given", () => {
    const data = readBookData("/no/such/book.json");
    const book = new PriceBook({ ...data, planRates: [rates("sagemaker", ["1yr", "no-upfront"], RATES)] });
    const own = rates("sagemaker", ["1yr", "no-upfront"], { "Host:ml.c7g.large": "0.05" });
    const [offer] = ofKind(advise(HOSTS, [own], { book }), "sagemaker").offers;
    // 2 × 0.05 + 0.092.
    assert.equal(offer?.commitment?.toString(), "0.192");
  });

  it("keeps kinds apart: provisioned concurrency to Compute plans", () => {
    const stack = [...HOSTS, ...provisioned("images", { count: 4, memorySize: 1536 })];
    const compute = rates("compute", ["1yr", "no-upfront"], { "Lambda-Provisioned-Concurrency-ARM": "0.0000029334" });
    const advice = advise(stack, [...given, compute]);
    assert.equal(ofKind(advice, "sagemaker").offers[0]?.commitment?.toString(), "0.212");
    // 21,600 GB-seconds × 0.0000029334 = 0.06336144, rounded down.
    assert.equal(ofKind(advice, "compute").offers[0]?.commitment?.toString(), "0.06336");
  });
});

describe("Savings Plan advice without rates", () => {
  it("is a function of the discount, and equals what is computed by hand", () => {
    const { offers, byDiscount, safeWhateverTheDiscount, notes } = ofKind(advise(HOSTS), "sagemaker");
    assert.deepEqual(offers, []);
    // 0.289 × 0.7 = 0.2023, × 8,760 = 1,772.148, × 26,280 = 5,316.444; 0.289 × 0.3 × 730 = 63.291;
    // (0.8 × 0.289 - 0.2023) × 730 = 21.097; 12 × 0.7 months.
    assert.deepEqual(
      byDiscount
        .filter(({ discount }) => discount.toString() === "0.3")
        .map((row) =>
          [
            row.breakEvenUtilization,
            row.commitment,
            row.monthlySaving,
            row.monthlySavingAtLess,
            row.oneYear,
            row.threeYears,
            row.allUpfrontMonths,
          ].map(String),
        ),
      [["0.7", "0.2023", "63.291", "21.097", "1772.148", "5316.444", "8.4"]],
    );
    // 0.289 × 0.36.
    assert.equal(safeWhateverTheDiscount?.toString(), "0.10404");
    assert.match(notes.join("\n"), /No rate of a plan is known, and none is invented/);
  });

  it("advises to buy none where nothing, or next to nothing, runs in every hour", () => {
    const empty = ofKind(advise([]), "sagemaker");
    assert.deepEqual([empty.offers, empty.byDiscount, empty.safeWhateverTheDiscount], [[], [], undefined]);
    assert.match(empty.notes.join("\n"), /runs in every hour: buy none/);
    // 128 MB without a rate: 0.0015 an hour less 17 % is 0.00124, which AWS sells.
    const table = ofKind(advise(provisioned("images", { count: 1, memorySize: 128 })), "compute").byDiscount;
    assert.equal(table.length, 4);
    // 128 MB: 450 GB-seconds × 0.0000033334 is 0.0015 an hour, 3/5 of which is below AWS's least of 0.001.
    const little = provisioned("images", { count: 1, memorySize: 128 });
    const rate = { "Lambda-Provisioned-Concurrency-ARM": "0.000002" };
    const [offer] = ofKind(advise(little, [rates("compute", ["1yr", "no-upfront"], rate)]), "compute").offers;
    assert.equal(offer?.commitment, undefined);
    assert.equal(offer?.obligation.total.toString(), "0");
  });
});

describe("Savings Plan advice, whatever the stack", () => {
  const types = ["ml.c7g.large", "ml.m5.large", "ml.c5.xlarge", "ml.g5.xlarge"];
  const host = fc.record({
    instanceType: fc.constantFrom(...types),
    initialInstanceCount: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constant(UNKNOWN)),
    minCapacity: fc.option(fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constant(UNKNOWN)), { nil: undefined }),
  });
  const discounts = fc.array(fc.integer({ min: 1, max: 99_999 }), { minLength: types.length, maxLength: types.length });

  it("never recommends more than the steady load uses, with rates and without", () => {
    fc.assert(
      fc.property(fc.array(host, { maxLength: 5 }), discounts, (hosts, parts) => {
        const stack = hosts.flatMap(({ minCapacity, ...variant }, at) => {
          const scaling = minCapacity === undefined ? undefined : { minCapacity, maxCapacity: 50 };
          return endpoint(`host-${at}`, variant, scaling ? { scaling } : {});
        });
        const unrated = ofKind(advise(stack), "sagemaker");
        const prices = new Map(unrated.uses.map(({ key, onDemand }) => [key.usageType, onDemand]));
        const byUsageType = Object.fromEntries(
          types.map((type, at) => {
            const price = prices.get(`Host:${type}`) ?? Decimal.of(1);
            return [
              `Host:${type}`,
              price
                .times(Decimal.of(parts[at] ?? 1))
                .over(Decimal.of(100_000))
                .toString(),
            ];
          }),
        );
        const given = plansOf("sagemaker").map(({ term, payment }) => rates("sagemaker", [term, payment], byUsageType));
        const rated = ofKind(advise(stack, given), "sagemaker");
        // What runs whatever happens, told from what was declared.
        const least = hosts.map(({ minCapacity, initialInstanceCount: initial }) => {
          const declared = minCapacity ?? initial;
          return typeof declared === "number" ? declared : 1;
        });
        const used = hosts.reduce((sum, { instanceType }, at) => {
          const rate = Decimal.of(byUsageType[`Host:${instanceType}`] ?? 0);
          return sum.plus(rate.times(Decimal.of(least[at] ?? 0)));
        }, Decimal.ZERO);
        for (const { commitment, cases: loads, breakEvenUtilization } of rated.offers) {
          if (commitment === undefined) continue;
          assert.ok(commitment.compare(used) <= 0, `${commitment} of ${used}`);
          assert.match(commitment.toString(), /^\d+(\.\d{1,5})?$/);
          // All of it is used at the least load; it pays there, and at a fifth less when that is above the break-even.
          assert.equal(loads[0]?.utilization.toString(), "1");
          assert.ok((loads[0]?.monthlySaving.toNumber() ?? -1) > 0);
          const less = loads.find(({ load }) => load.endsWith("less"));
          const margin = Number(less?.utilization) - breakEvenUtilization.toNumber();
          if (Math.abs(margin) > 0.001) assert.equal((less?.monthlySaving.toNumber() ?? 0) > 0, margin > 0);
        }
        for (const { commitment, discount } of unrated.byDiscount) {
          const most = unrated.onDemand.low.times(Decimal.of(1).minus(discount));
          assert.ok(commitment.compare(most) <= 0);
        }
        const safe = unrated.safeWhateverTheDiscount;
        for (const { commitment } of unrated.byDiscount) assert.ok(safe && safe.compare(commitment) <= 0);
        // No endpoint vanishes.
        assert.equal(unrated.uses.length + leftOut(advise(stack)).length, hosts.length);
      }),
      { numRuns: 60 },
    );
  });
});
