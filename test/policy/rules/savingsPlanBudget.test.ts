import { type GraphObject, UNKNOWN } from "../../../contracts/graph";
import { savingsPlanBudget } from "../../../policy/rules/savingsPlanBudget";
import { declared } from "../declared";
import { testRule } from "../ruleCases";

const budget = (change: GraphObject = {}) =>
  declared("aws:budgets/budget:Budget", "b", {
    budgetType: "SAVINGS_PLANS_COVERAGE",
    limitAmount: "100",
    limitUnit: "PERCENTAGE",
    timeUnit: "MONTHLY",
    ...change,
  });

testRule(savingsPlanBudget, [
  ["100 passes", budget(), []],
  ["100.0 passes", budget({ limitAmount: "100.0" }), []],
  ["90 fails", budget({ limitAmount: "90" }), ["fail limitAmount"]],
  ["none fails", budget({ limitAmount: null }), ["fail limitAmount"]],
  ["unknown cannot be told", budget({ limitAmount: UNKNOWN }), ["unknown limitAmount"]],
  ["another kind of budget passes", budget({ budgetType: "COST", limitAmount: "90" }), []],
]);
