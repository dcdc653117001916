import type * as pulumi from "@pulumi/pulumi";
import { SavingsPlanKind, TAG_LIMITS, TagKey, Workload } from "../contracts/tags";
import { CheckedInputs, type InputRule, oneOf } from "./checkedInputs";
import { PERCENT } from "./checkedServedArgs";
import { componentTags } from "./costAllocation";
import { TOPIC_ARN } from "./inputRules";
import { physicalName } from "./physicalName";
import { SAVINGS_PLAN_COVERAGE_DEFAULTS, type SavingsPlanCoverageArgs } from "./savingsPlanCoverageArgs";
import { type CheckedPurchase, checkPurchase } from "./savingsPlanPurchase";

/** Who is notified. */
export interface Subscribers {
  readonly emails: pulumi.Input<string>[];
  readonly topicArn: pulumi.Input<string> | undefined;
}

/** The arguments, checked and with defaults. */
export interface CheckedSavingsPlanCoverageArgs {
  readonly kind: SavingsPlanKind;
  /** What the names of the budgets in the account begin with. */
  readonly budgetName: string;
  readonly coveragePercent: pulumi.Input<number> | undefined;
  readonly utilizationPercent: pulumi.Input<number> | undefined;
  readonly monthlyUsd: pulumi.Input<number> | undefined;
  readonly forecastPercent: pulumi.Input<number>;
  readonly actualPercent: pulumi.Input<number>;
  readonly monthlyTags: Readonly<Record<string, string>>;
  readonly subscribers: Subscribers;
  readonly accountIds: pulumi.Input<string>[];
  /** Keys that are activated as cost allocation tags. */
  readonly costTags: readonly string[];
  readonly purchase: CheckedPurchase | undefined;
  readonly tags: Record<string, string>;
}

/** Longest name of a budget (docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_Budget.html). */
const LONGEST_NAME = 100;
const LONGEST_SUFFIX = "-utilization".length;

/** Subscribers of a notification by e-mail (API reference, CreateBudgetRequest). */
const MOST_EMAILS = 10;

const DOLLARS: InputRule<number> = {
  allowed: "a number above 0 (US dollars a month)",
  test: (value) => value > 0 && Number.isFinite(value),
};
const THRESHOLD: InputRule<number> = {
  allowed: "a number above 0 and at most 1000000 (percent of the budget)",
  test: (value) => value > 0 && value <= 1_000_000,
};
const EMAIL: InputRule<string> = {
  allowed: "an e-mail address",
  test: (value) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value),
};
const ACCOUNT: InputRule<string> = {
  allowed: "an account id of 12 digits",
  test: (value) => /^\d{12}$/.test(value),
};

/** Budgets that only notify: what one is measured by has no other use. */
const NOTIFYING = ["coveragePercent", "utilizationPercent", "forecastPercent", "actualPercent"] as const;

/** What of a plan's kind works: the value of the tag `frugal-ml:workload`. */
const WORKLOADS: Readonly<Record<SavingsPlanKind, Workload>> = {
  [SavingsPlanKind.SageMaker]: Workload.Inference,
  [SavingsPlanKind.Compute]: Workload.Preprocessing,
};

/**
 * Checks the arguments and fills in the defaults.
 * @param now milliseconds since 1970
 * @throws pulumi.InputPropertiesError with every problem at once
 */
export function checkSavingsPlanCoverageArgs(
  name: string,
  args: SavingsPlanCoverageArgs,
  now = Date.now(),
): CheckedSavingsPlanCoverageArgs {
  const defaults = SAVINGS_PLAN_COVERAGE_DEFAULTS;
  const checks = new CheckedInputs(`SavingsPlanCoverage ${name}`);
  const { emails = [], accountIds = [], topicArn, monthlyTags = {}, furtherCostTags = [] } = args;
  const budgetName = physicalName(name);
  checks.plain("name", name, {
    allowed: `lower-case letters, digits and hyphens, beginning with a letter, so short that ${budgetName} has at most ${LONGEST_NAME - LONGEST_SUFFIX} characters`,
    test: (value) => /^[a-z][a-z0-9-]*$/.test(value) && budgetName.length <= LONGEST_NAME - LONGEST_SUFFIX,
  });
  checks.plain("kind", args.kind ?? defaults.kind, oneOf<string>(Object.values(SavingsPlanKind)));
  const kind = Object.values(SavingsPlanKind).find((known) => known === args.kind) ?? defaults.kind;
  const optional = (property: "coveragePercent" | "utilizationPercent" | "monthlyUsd", rule: InputRule<number>) => {
    const value = args[property];
    return value === undefined ? undefined : checks.input(property, value, rule);
  };
  if (emails.length === 0 && topicArn === undefined)
    for (const property of NOTIFYING.filter((one) => args[one] !== undefined))
      checks.add([{ property, given: "nobody to notify", allowed: "only together with emails or topicArn" }]);
  for (const property of ["forecastPercent", "actualPercent", "monthlyTags"] as const)
    if (args[property] !== undefined && args.monthlyUsd === undefined)
      checks.add([{ property, given: "no monthly budget", allowed: "only together with monthlyUsd" }]);
  checks.plain("emails", emails.length, {
    allowed: `at most ${MOST_EMAILS} addresses`,
    test: (count) => count <= MOST_EMAILS,
  });
  const costTags = [...(args.activateCostTags ? Object.values<string>(TagKey) : []), ...furtherCostTags];
  furtherCostTags.forEach((key, at) => {
    checks.plain(`furtherCostTags[${at}]`, key, {
      allowed: `a key of 1 to ${TAG_LIMITS.keyLength} characters that is named once`,
      test: (value) =>
        value.length > 0 &&
        value.length <= TAG_LIMITS.keyLength &&
        costTags.filter((other) => other === value).length === 1,
    });
  });
  const checked = {
    kind,
    budgetName,
    coveragePercent: optional("coveragePercent", PERCENT),
    utilizationPercent: optional("utilizationPercent", PERCENT),
    monthlyUsd: optional("monthlyUsd", DOLLARS),
    forecastPercent: checks.input("forecastPercent", args.forecastPercent ?? defaults.forecastPercent, THRESHOLD),
    actualPercent: checks.input("actualPercent", args.actualPercent ?? defaults.actualPercent, THRESHOLD),
    monthlyTags,
    subscribers: {
      emails: emails.map((email, at) => checks.input(`emails[${at}]`, email, EMAIL)),
      topicArn: checks.optional("topicArn", topicArn, TOPIC_ARN),
    },
    accountIds: accountIds.map((id, at) => checks.input(`accountIds[${at}]`, id, ACCOUNT)),
    costTags,
    purchase: args.purchase && checkPurchase(kind, args.purchase, checks, now),
    tags: componentTags(name, WORKLOADS[kind], args.costAllocation, args.tags, checks),
  };
  checks.assert();
  return checked;
}
