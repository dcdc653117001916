import { deepEqual } from "node:assert/strict";
import { assertComponentChildren } from "./assertComponentChildren";
import type { Expected } from "./expectedResources";
import { recordedVariant } from "./recordedProgram";
import { problemsOf } from "./savingsProblems";
import { COSTS_TOPIC, OFFERING } from "./savingsVariants";

const TYPE = "frugal-ml:index:SavingsPlanCoverage";
const BUDGET = "aws:budgets/budget:Budget";
const TAG = "aws:costexplorer/costAllocationTag:CostAllocationTag";
const PLAN = "aws:savingsplans/savingsPlan:SavingsPlan";

/** What budgets of plans count, as the provider documents it. */
const COST_TYPES = {
  includeCredit: false,
  includeDiscount: false,
  includeOtherSubscription: false,
  includeRecurring: false,
  includeRefund: false,
  includeSubscription: true,
  includeSupport: false,
  includeTax: false,
  includeUpfront: false,
  useBlended: false,
};

function planBudget(name: string, part: string, threshold: number, rest: object): Expected {
  return {
    [`${BUDGET} ${name}-${part}`]: {
      name: `frugal-ml-test-${name}-${part}`,
      budgetType: `SAVINGS_PLANS_${part.toUpperCase()}`,
      limitAmount: "100",
      limitUnit: "PERCENTAGE",
      timeUnit: "MONTHLY",
      costTypes: COST_TYPES,
      ...notifications(["LESS_THAN", "ACTUAL", threshold]),
      ...rest,
    },
  };
}

const SUBSCRIBERS = {
  subscriberEmailAddresses: ["costs@example.com", "finance@example.com"],
  subscriberSnsTopicArns: [COSTS_TOPIC],
};

function notifications(...all: readonly (readonly [comparison: string, type: string, threshold: number])[]): object {
  return {
    notifications: all.map(([comparisonOperator, notificationType, threshold]) => ({
      comparisonOperator,
      notificationType,
      threshold,
      thresholdType: "PERCENTAGE",
      ...SUBSCRIBERS,
    })),
  };
}

const tags = (name: string, workload = "inference") => ({
  "frugal-ml:component": name,
  "frugal-ml:workload": workload,
});

describe("SavingsPlanCoverage", function () {
  this.timeout(120_000);

  it("makes nothing that is not asked for", async () => {
    await assertComponentChildren(TYPE, "idle");
    deepEqual((await recordedVariant("idle")).outputs, {});
  });

  it("makes a monthly budget that nobody is told of", async () => {
    await assertComponentChildren(TYPE, "spending", {
      [`${BUDGET} spending-monthly`]: {
        name: "frugal-ml-test-spending-monthly",
        budgetType: "COST",
        limitAmount: "250.5",
        limitUnit: "USD",
        timeUnit: "MONTHLY",
        notifications: [],
        tags: tags("spending"),
      },
    });
  });

  it("makes budgets of coverage, utilisation and costs, each with what it is filtered by and who is told", async () => {
    const name = "covered";
    const all = {
      ...tags(name),
      team: "energy",
      "frugal-ml:environment": "prod",
      "frugal-ml:cost-center": "ml",
    };
    const account = { name: "LinkedAccount", values: ["123456789012"] };
    await assertComponentChildren(
      TYPE,
      name,
      planBudget(name, "coverage", 80, {
        costFilters: [{ name: "Service", values: ["Amazon SageMaker"] }, account],
        tags: all,
      }),
      planBudget(name, "utilization", 95, { costFilters: [account], tags: all }),
      {
        [`${BUDGET} ${name}-monthly`]: {
          name: `frugal-ml-test-${name}-monthly`,
          budgetType: "COST",
          limitAmount: "500",
          limitUnit: "USD",
          timeUnit: "MONTHLY",
          costFilters: [
            { name: "TagKeyValue", values: ["user:frugal-ml:environment$prod", "user:team$energy"] },
            account,
          ],
          ...notifications(["GREATER_THAN", "FORECASTED", 110], ["GREATER_THAN", "ACTUAL", 50]),
          tags: all,
        },
      },
    );
    deepEqual((await recordedVariant(name)).outputs, {
      coverageBudgetName: `frugal-ml-test-${name}-coverage`,
      utilizationBudgetName: `frugal-ml-test-${name}-utilization`,
      monthlyBudgetName: `frugal-ml-test-${name}-monthly`,
    });
  });

  it("activates every tag of the components, and further ones", async () => {
    const keys = [
      "component",
      "workload",
      "environment",
      "cost-center",
      "savings-plan",
      "savings-plan-term",
      "savings-plan-payment",
      "savings-plan-share",
    ];
    const active = (tagKey: string, slug: string): Expected => ({
      [`${TAG} tagged-cost-tag-${slug}`]: { tagKey, status: "Active" },
    });
    await assertComponentChildren(
      TYPE,
      "tagged",
      ...keys.map((key) => active(`frugal-ml:${key}`, `frugal-ml-${key}`)),
      active("Team", "team"),
      planBudget("tagged", "coverage", 60, {
        costFilters: [{ name: "Service", values: ["AWS Lambda", "Amazon Elastic Container Service"] }],
        notifications: [
          {
            comparisonOperator: "LESS_THAN",
            notificationType: "ACTUAL",
            threshold: 60,
            thresholdType: "PERCENTAGE",
            subscriberSnsTopicArns: [COSTS_TOPIC],
          },
        ],
        tags: tags("tagged", "preprocessing"),
      }),
    );
  });

  it("buys what is opted into, once AWS says that the offering is that", async () => {
    await assertComponentChildren(TYPE, "buying", {
      [`${PLAN} buying-plan`]: {
        savingsPlanOfferingId: OFFERING,
        commitment: "0.1392",
        purchaseTime: "2099-01-15T00:00:00Z",
        upfrontPaymentAmount: "610",
        tags: tags("buying"),
      },
    });
  });

  it("refuses every other wrong argument at once", () => {
    const problems = problemsOf(
      {
        kind: "ec2",
        coveragePercent: 0,
        utilizationPercent: 101,
        monthlyUsd: -5,
        forecastPercent: 0,
        actualPercent: 2_000_000,
        emails: ["nobody", ...Array.from({ length: 10 }, (_, at) => `a${at}@example.com`)],
        topicArn: "costs",
        accountIds: ["42"],
        furtherCostTags: ["", "Team", "Team", "frugal-ml:workload"],
        activateCostTags: true,
        costAllocation: { environment: "naïve?" },
        tags: { "aws:x": "y" },
      },
      "Savings",
    );
    deepEqual(
      problems.map((problem) => problem.split(": ")[0]),
      [
        "name",
        "kind",
        "emails",
        "furtherCostTags[0]",
        "furtherCostTags[1]",
        "furtherCostTags[2]",
        "furtherCostTags[3]",
        "coveragePercent",
        "utilizationPercent",
        "monthlyUsd",
        "forecastPercent",
        "actualPercent",
        "emails[0]",
        "topicArn",
        "accountIds[0]",
        "costAllocation.environment",
        "tags.aws:x",
      ],
    );
  });

  it("refuses thresholds that would notify nobody, and settings of a budget that there is none of", () => {
    deepEqual(problemsOf({ coveragePercent: 80, utilizationPercent: 95, monthlyUsd: 5, actualPercent: 50 }), [
      "coveragePercent: given nobody to notify; allowed: only together with emails or topicArn",
      "utilizationPercent: given nobody to notify; allowed: only together with emails or topicArn",
      "actualPercent: given nobody to notify; allowed: only together with emails or topicArn",
    ]);
    deepEqual(problemsOf({ emails: ["a@example.com"], forecastPercent: 90, monthlyTags: { team: "a" } }), [
      "forecastPercent: given no monthly budget; allowed: only together with monthlyUsd",
      "monthlyTags: given no monthly budget; allowed: only together with monthlyUsd",
    ]);
  });
});
