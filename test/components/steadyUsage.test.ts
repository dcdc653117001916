import { deepEqual } from "node:assert/strict";
import { steadyHosting } from "../../components/steadyUsage";
import { SavingsPlanKind, SavingsPlanPayment, SavingsPlanTerm } from "../../contracts/tags";

describe("steady usage of hosting", () => {
  it("is the least number of instances, and none of it is covered without a plan", () => {
    deepEqual(steadyHosting("ml.c7g.large", 3, undefined), {
      usageType: "Host:ml.c7g.large",
      instanceHours: 3,
      coveredInstanceHours: 0,
      term: "",
      payment: "",
    });
  });

  it("is covered by the share that the plan is meant for", () => {
    const plan = {
      kind: SavingsPlanKind.SageMaker,
      term: SavingsPlanTerm.ThreeYears,
      payment: SavingsPlanPayment.NoUpfront,
      share: 0.75,
    };
    deepEqual(steadyHosting("ml.m7g.xlarge", 4, plan), {
      usageType: "Host:ml.m7g.xlarge",
      instanceHours: 4,
      coveredInstanceHours: 3,
      term: "3yr",
      payment: "no-upfront",
    });
  });
});
