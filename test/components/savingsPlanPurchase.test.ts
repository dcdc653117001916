import { deepEqual, equal, match, ok } from "node:assert/strict";
import { checkSavingsPlanCoverageArgs } from "../../components/checkedSavingsPlanCoverageArgs";
import { offeringProblems } from "../../components/savingsPlanOffering";
import { problemsOf } from "./savingsProblems";
import { OFFERED, PURCHASE } from "./savingsVariants";

describe("purchase of a SavingsPlanCoverage", () => {
  it("refuses an offering of another kind, term or payment, and one that AWS does not know", () => {
    const { purchase } = checkSavingsPlanCoverageArgs("savings", { purchase: PURCHASE });
    ok(purchase);
    deepEqual(offeringProblems(purchase, OFFERED.offerings), []);
    const [offered] = OFFERED.offerings;
    ok(offered);
    const allowed = "an offering of SageMaker, 31536000 seconds, Partial Upfront";
    for (const [other, given] of [
      [{ planType: "Compute" }, "Compute, 31536000 seconds, Partial Upfront"],
      [{ durationSeconds: 94_608_000 }, "SageMaker, 94608000 seconds, Partial Upfront"],
      [{ paymentOption: "All Upfront" }, "SageMaker, 31536000 seconds, All Upfront"],
    ] as const)
      deepEqual(offeringProblems(purchase, [{ ...offered, ...other }]), [
        { property: "purchase.offeringId", given, allowed },
      ]);
    equal(offeringProblems(purchase, [])[0]?.given, "an id that AWS does not know");
  });

  it("says what would be bought, and refuses any other words", () => {
    const without = problemsOf({ purchase: { ...PURCHASE, optIn: "yes" } });
    deepEqual(without, [`purchase.optIn: given "yes"; allowed: exactly "${PURCHASE.optIn}"`]);
    // The commitment is another one than what was opted into.
    const dearer = problemsOf({ purchase: { ...PURCHASE, commitment: "1.392" } });
    equal(dearer.length, 1);
    // 1.392 × 8,760 = 12,193.92; half of it is 6,096.96.
    match(dearer[0] ?? "", /\$1\.392 an hour; \$12,193\.92 in all, \$6,097\.00 of it at once/);
    const words = (others: object) => problemsOf({ purchase: { ...PURCHASE, optIn: "", ...others } })[0] ?? "";
    // 10 × 26,280.
    match(
      words({ commitment: "10", term: "3yr", payment: "all-upfront" }),
      /SageMaker Savings Plan, 3 years, all upfront, \$10 an hour; \$262,800\.00 in all, all of it at once, owed whether/,
    );
    match(words({ payment: "no-upfront" }), /no upfront, \$0\.1392 an hour; \$1,219\.40 in all, owed whether/);
    match(words({ upfrontUsd: 1207 }), /\$1,207\.00 of it at once/);
    match(problemsOf({ kind: "compute", purchase: { ...PURCHASE, optIn: "" } })[0] ?? "", /"Compute Savings Plan/);
  });

  it("buys on a date in the future alone, unless it was bought", () => {
    const at = Date.parse(PURCHASE.purchaseTime);
    deepEqual(problemsOf({ purchase: PURCHASE }, "savings", at - 1), []);
    const late =
      'purchase.purchaseTime: given "2099-01-15T00:00:00Z"; allowed: a time in the future, YYYY-MM-DDTHH:MM:SSZ';
    deepEqual(problemsOf({ purchase: PURCHASE }, "savings", at), [late]);
    deepEqual(problemsOf({ purchase: { ...PURCHASE, purchasedId: "sp-1" } }, "savings", at), []);
    for (const purchaseTime of [
      "2099-02-31T00:00:00Z",
      "2099-01-15",
      "2099-01-15T00:00:00+01:00",
      "2099-01-15T00:00:00.5Z",
    ])
      equal(problemsOf({ purchase: { ...PURCHASE, purchaseTime } })[0]?.split(":")[0], "purchase.purchaseTime");
  });

  it("refuses every wrong argument of a purchase at once", () => {
    const wrong = {
      offeringId: "sagemaker-1yr",
      commitment: "0.123456",
      term: "2yr",
      payment: "monthly",
      purchaseTime: "tomorrow",
      optIn: "yes",
      purchasedId: "",
    };
    deepEqual(
      problemsOf({ purchase: wrong }).map((problem) => problem.split(":")[0]),
      ["offeringId", "commitment", "term", "payment", "purchaseTime", "purchasedId"].map((one) => `purchase.${one}`),
    );
    for (const commitment of ["0.00099", "1000000.00001", "1e3", "-1", "", "01"])
      match(problemsOf({ purchase: { ...PURCHASE, commitment } })[0] ?? "", /^purchase\.commitment: /, commitment);
    // Half of 1,219.392 to 99 percent, 1,207.19.
    for (const upfrontUsd of [609, 1208, 700.5])
      deepEqual(problemsOf({ purchase: { ...PURCHASE, upfrontUsd } }), [
        `purchase.upfrontUsd: given ${upfrontUsd}; allowed: an integer from 610 to 1207 US dollars`,
      ]);
    deepEqual(problemsOf({ purchase: { ...PURCHASE, payment: "no-upfront", upfrontUsd: 610 } }), [
      "purchase.upfrontUsd: given 610; allowed: only with payment partial-upfront",
    ]);
  });
});
