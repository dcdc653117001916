import { deepEqual } from "node:assert/strict";
import { configured, problemsOf } from "./configProblems";

describe("stack configuration of savings", () => {
  it("is not needed, and takes every key that it documents", () => {
    const savings = {
      kind: "compute",
      coveragePercent: 80,
      utilizationPercent: 95.5,
      monthlyUsd: 250,
      forecastPercent: 120,
      actualPercent: 50,
      monthlyTags: { team: "energy" },
      emails: ["costs@example.com"],
      topicArn: "arn:aws:sns:us-east-1:123456789012:costs",
      accountIds: ["123456789012"],
      activateCostTags: true,
      furtherCostTags: ["team"],
    };
    deepEqual(
      [{}, { savings: {} }, { savings }].map((root) => problemsOf(configured(root))),
      [[], [], []],
    );
  });

  it("names every wrong and unknown key at once; a purchase is none of them", () => {
    const savings = {
      kind: "ec2",
      coveragePercent: 0,
      utilizationPercent: 101,
      monthlyUsd: "250",
      emails: ["costs"],
      topicArn: "costs",
      accountIds: ["42"],
      furtherCostTags: [""],
      purchase: {},
    };
    const keys =
      "kind, coveragePercent, utilizationPercent, monthlyUsd, forecastPercent, actualPercent, monthlyTags, emails, topicArn, accountIds, activateCostTags, furtherCostTags";
    deepEqual(problemsOf(configured({ savings })), [
      'savings.kind: "ec2"; one of sagemaker, compute',
      "savings.coveragePercent: 0; a number above 0 and at most 100 (percent)",
      "savings.utilizationPercent: 101; a number above 0 and at most 100 (percent)",
      'savings.monthlyUsd: "250"; a number above 0 (US dollars a month)',
      'savings.emails.0: "costs"; an e-mail address',
      'savings.topicArn: "costs"; an ARN of sns',
      'savings.accountIds.0: "42"; an account id of 12 digits',
      'savings.furtherCostTags.0: ""; a key of 1 to 128 characters',
      `savings.purchase: {}; only the keys ${keys}`,
    ]);
    deepEqual(problemsOf(configured({ savings: 5 })), ["savings: 5; an object with budgets of costs and plans"]);
  });
});
