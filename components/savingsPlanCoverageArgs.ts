import type * as pulumi from "@pulumi/pulumi";
import type { CostAllocationArgs } from "./costAllocation";
import type { SavingsPlanPurchaseArgs } from "./savingsPlanPurchase";

/** Arguments of a SavingsPlanCoverage. Nothing is made that is not asked for. */
export interface SavingsPlanCoverageArgs {
  /**
   * Kind of the plans: `sagemaker` (SageMaker Savings Plans), or `compute` (Compute Savings Plans, of Lambda and Fargate).
   * Defaults to `sagemaker`.
   */
  kind?: string;
  /**
   * Makes a budget that notifies when less of what plans of this kind may cover is covered in a month, in percent, above 0
   * and at most 100. An account without a plan is at 0. Defaults to none.
   */
  coveragePercent?: pulumi.Input<number>;
  /**
   * Makes a budget that notifies when less of the commitments is used in a month, in percent, above 0 and at most 100. It
   * counts the account's plans of every kind: AWS Budgets tells them apart by account alone. Defaults to none.
   */
  utilizationPercent?: pulumi.Input<number>;
  /** Makes a budget of costs: US dollars a month. Defaults to none. */
  monthlyUsd?: pulumi.Input<number>;
  /** Percent of the monthly budget above which a forecast for the month notifies. Defaults to 100. */
  forecastPercent?: pulumi.Input<number>;
  /** Percent of the monthly budget above which the costs so far notify. Defaults to 80. */
  actualPercent?: pulumi.Input<number>;
  /**
   * Tags that costs must carry to count for the monthly budget, by key. They must be active cost allocation tags, or
   * nothing counts. Defaults to none: everything of the account counts.
   */
  monthlyTags?: Record<string, string>;
  /** Addresses that are notified by e-mail, at most 10. Defaults to none. */
  emails?: pulumi.Input<string>[];
  /** ARN of the SNS topic that is notified; its policy must let budgets.amazonaws.com publish. Defaults to none. */
  topicArn?: pulumi.Input<string>;
  /** Accounts that the budgets look at, for a payer account. Defaults to every account that the one of the stack pays for. */
  accountIds?: pulumi.Input<string>[];
  /**
   * Activates the tags of all components as cost allocation tags. Only in the payer account, once for an organisation, and
   * a day after the first tagged resource: AWS refuses keys that it has not seen. Defaults to false.
   */
  activateCostTags?: boolean;
  /** Further keys that are activated as cost allocation tags. Defaults to none. */
  furtherCostTags?: string[];
  /** A Savings Plan that is bought. It cannot be cancelled. Defaults to none. */
  purchase?: SavingsPlanPurchaseArgs;
  /** Environment and cost centre for the cost allocation tags. Defaults to neither. */
  costAllocation?: CostAllocationArgs;
  /** Further tags of every resource. Defaults to none. */
  tags?: Record<string, string>;
}

/** Defaults of the arguments, as their descriptions say them. */
export const SAVINGS_PLAN_COVERAGE_DEFAULTS = { kind: "sagemaker", forecastPercent: 100, actualPercent: 80 } as const;
