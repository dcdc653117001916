import { savingsPlanPurchase } from "../../../policy/rules/savingsPlanPurchase";
import { declared } from "../declared";
import { testRule } from "../ruleCases";

const plan = declared("aws:savingsplans/savingsPlan:SavingsPlan", "plan", { commitment: "1.0" });

testRule(
  savingsPlanPurchase,
  [
    ["a purchase fails", plan, ["fail "]],
    [
      "one that SavingsPlanCoverage makes passes: it was opted into",
      declared(
        "aws:savingsplans/savingsPlan:SavingsPlan",
        "plan",
        {},
        { chain: "frugal-ml:index:SavingsPlanCoverage$" },
      ),
      [],
    ],
    [
      "one in another component fails",
      declared("aws:savingsplans/savingsPlan:SavingsPlan", "plan", {}, { chain: "frugal-ml:index:TrainingFleet$" }),
      ["fail "],
    ],
    ["one that is allowed passes", plan, [], { allowPurchase: true }],
    ["a budget for plans is no purchase", declared("aws:budgets/budget:Budget", "b"), []],
  ],
  { never: "unknown" },
);
