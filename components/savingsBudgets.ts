import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { SavingsPlanKind } from "../contracts/tags";
import type { CheckedSavingsPlanCoverageArgs, Subscribers } from "./checkedSavingsPlanCoverageArgs";

type Filters = NonNullable<aws.budgets.BudgetArgs["costFilters"]>;

/** Services whose coverage counts, by the names that Cost Explorer gives them. */
const SERVICES: Readonly<Record<SavingsPlanKind, readonly string[]>> = {
  [SavingsPlanKind.SageMaker]: ["Amazon SageMaker"],
  [SavingsPlanKind.Compute]: ["AWS Lambda", "Amazon Elastic Container Service"],
};

/**
 * What budgets of plans count. AWS says that they have no such types, but the provider sends some whatever is given, and
 * documents these (docs of aws.budgets.Budget in @pulumi/aws 7.48, Savings Plan Utilization Budget).
 */
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

/**
 * Budget of the share that plans cover. It is told by service, Region and account alone, not by tags
 * (docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_GetSavingsPlansCoverage.html).
 */
export function coverageBudget(
  name: string,
  checked: CheckedSavingsPlanCoverageArgs,
  threshold: pulumi.Input<number>,
  parent: pulumi.Resource,
): aws.budgets.Budget {
  const service = { name: "Service", values: [...SERVICES[checked.kind]] };
  const filters = [service, ...accountFilter(checked)];
  return planBudget(name, "coverage", "SAVINGS_PLANS_COVERAGE", checked, { filters, threshold }, parent);
}

/** Budget of the share of the commitments that is used. It is told by account alone: a plan has no service and no Region. */
export function utilizationBudget(
  name: string,
  checked: CheckedSavingsPlanCoverageArgs,
  threshold: pulumi.Input<number>,
  parent: pulumi.Resource,
): aws.budgets.Budget {
  const filters = accountFilter(checked);
  return planBudget(name, "utilization", "SAVINGS_PLANS_UTILIZATION", checked, { filters, threshold }, parent);
}

/** Budget of a month's costs, with a notification for a forecast and one for what was spent. */
export function monthlyBudget(
  name: string,
  checked: CheckedSavingsPlanCoverageArgs,
  monthlyUsd: pulumi.Input<number>,
  { parent, dependsOn }: { readonly parent: pulumi.Resource; readonly dependsOn: pulumi.Resource[] },
): aws.budgets.Budget {
  const { budgetName, subscribers, forecastPercent, actualPercent, monthlyTags, tags } = checked;
  // AWS writes a user's tag as user:<key>$<value>; without the prefix nothing counts (API reference, CostFilters).
  const values = Object.entries(monthlyTags).map(([key, value]) => `user:${key}$${value}`);
  const tagged: Filters = values.length === 0 ? [] : [{ name: "TagKeyValue", values }];
  return new aws.budgets.Budget(
    `${name}-monthly`,
    {
      name: `${budgetName}-monthly`,
      budgetType: "COST",
      limitAmount: pulumi.output(monthlyUsd).apply(String),
      limitUnit: "USD",
      timeUnit: "MONTHLY",
      ...filtered([...tagged, ...accountFilter(checked)]),
      notifications: [
        ...notification("GREATER_THAN", "FORECASTED", forecastPercent, subscribers),
        ...notification("GREATER_THAN", "ACTUAL", actualPercent, subscribers),
      ],
      tags,
    },
    { parent, dependsOn },
  );
}

function planBudget(
  name: string,
  part: string,
  budgetType: string,
  { budgetName, subscribers, tags }: CheckedSavingsPlanCoverageArgs,
  { filters, threshold }: { readonly filters: Filters; readonly threshold: pulumi.Input<number> },
  parent: pulumi.Resource,
): aws.budgets.Budget {
  return new aws.budgets.Budget(
    `${name}-${part}`,
    {
      name: `${budgetName}-${part}`,
      budgetType,
      // The only limit that AWS takes for budgets of plans: the threshold belongs to the notification.
      limitAmount: "100",
      limitUnit: "PERCENTAGE",
      timeUnit: "MONTHLY",
      costTypes: COST_TYPES,
      ...filtered(filters),
      notifications: notification("LESS_THAN", "ACTUAL", threshold, subscribers),
      tags,
    },
    { parent },
  );
}

function notification(
  comparisonOperator: string,
  notificationType: string,
  threshold: pulumi.Input<number>,
  { emails, topicArn }: Subscribers,
): aws.types.input.budgets.BudgetNotification[] {
  if (emails.length === 0 && topicArn === undefined) return [];
  return [
    {
      comparisonOperator,
      notificationType,
      threshold,
      thresholdType: "PERCENTAGE",
      ...(emails.length > 0 && { subscriberEmailAddresses: emails }),
      ...(topicArn !== undefined && { subscriberSnsTopicArns: [topicArn] }),
    },
  ];
}

function accountFilter({
  accountIds,
}: CheckedSavingsPlanCoverageArgs): { name: string; values: pulumi.Input<string>[] }[] {
  return accountIds.length === 0 ? [] : [{ name: "LinkedAccount", values: accountIds }];
}

function filtered(filters: Filters): Pick<aws.budgets.BudgetArgs, "costFilters"> {
  return Array.isArray(filters) && filters.length === 0 ? {} : { costFilters: filters };
}
