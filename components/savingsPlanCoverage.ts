import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { checkSavingsPlanCoverageArgs } from "./checkedSavingsPlanCoverageArgs";
import { costAllocationTags } from "./costAllocationTags";
import { coverageBudget, monthlyBudget, utilizationBudget } from "./savingsBudgets";
import type { SavingsPlanCoverageArgs } from "./savingsPlanCoverageArgs";
import { verifiedOffering } from "./savingsPlanOffering";

/**
 * What watches over Savings Plans: budgets of their coverage and utilisation and of a month's costs, with notifications;
 * cost allocation tags; and, only where that is opted into word for word, a purchase on a date in the future, protected.
 *
 * @example
 * new SavingsPlanCoverage("savings", {
 *   monthlyUsd: 500,
 *   utilizationPercent: 95,
 *   emails: ["ml-costs@example.com"],
 * });
 */
export class SavingsPlanCoverage extends pulumi.ComponentResource {
  /** Name of the coverage budget. Absent without `coveragePercent`. */
  public readonly coverageBudgetName?: pulumi.Output<string>;
  /** Name of the utilisation budget. Absent without `utilizationPercent`. */
  public readonly utilizationBudgetName?: pulumi.Output<string>;
  /** Name of the monthly budget. Absent without `monthlyUsd`. */
  public readonly monthlyBudgetName?: pulumi.Output<string>;
  /** ARN of the Savings Plan that is bought. Absent without `purchase`. */
  public readonly savingsPlanArn?: pulumi.Output<string>;

  /**
   * @param name unique in the stack: lower-case letters, digits and hyphens
   * @throws pulumi.InputPropertiesError with every problem of the arguments at once
   */
  constructor(name: string, args: SavingsPlanCoverageArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("frugal-ml:index:SavingsPlanCoverage", name, args, opts);
    const checked = checkSavingsPlanCoverageArgs(name, args);
    const { coveragePercent, utilizationPercent, monthlyUsd, purchase, tags } = checked;

    const costTags = costAllocationTags(name, checked.costTags, this);
    if (coveragePercent !== undefined)
      this.coverageBudgetName = coverageBudget(name, checked, coveragePercent, this).name;
    if (utilizationPercent !== undefined)
      this.utilizationBudgetName = utilizationBudget(name, checked, utilizationPercent, this).name;
    if (monthlyUsd !== undefined)
      this.monthlyBudgetName = monthlyBudget(name, checked, monthlyUsd, { parent: this, dependsOn: costTags }).name;
    if (purchase !== undefined) {
      const { commitment, purchaseTime, upfrontUsd, purchasedId, words } = purchase;
      if (purchasedId === undefined) void pulumi.log.warn(`${name} buys: ${words}.`, this);
      const plan = new aws.savingsplans.SavingsPlan(
        `${name}-plan`,
        {
          savingsPlanOfferingId: verifiedOffering(name, purchase, this),
          commitment,
          purchaseTime,
          ...(upfrontUsd !== undefined && { upfrontPaymentAmount: upfrontUsd }),
          tags,
        },
        { parent: this, protect: true, ...(purchasedId !== undefined && { import: purchasedId }) },
      );
      this.savingsPlanArn = plan.savingsPlanArn;
    }
    this.registerOutputs({
      coverageBudgetName: this.coverageBudgetName,
      utilizationBudgetName: this.utilizationBudgetName,
      monthlyBudgetName: this.monthlyBudgetName,
      savingsPlanArn: this.savingsPlanArn,
    });
  }
}
