import { budgetPresent } from "../../../policy/rules/budgetPresent";
import { declared } from "../declared";
import { configuration, endpoint } from "../endpoints";
import { trainingJob } from "../jobs";
import { testRule } from "../ruleCases";

const budget = declared("aws:budgets/budget:Budget", "b");
const spenders = [trainingJob(), endpoint(configuration())];

testRule(
  budgetPresent,
  [
    ["nothing is said unless it is required", spenders, []],
    ["a stack without one fails once", spenders, ["fail "], { required: true }],
    ["a stack with one passes", [...spenders, budget], [], { required: true }],
    ["a stack that spends nothing passes", declared("aws:s3/bucket:Bucket", "b"), [], { required: true }],
  ],
  { never: "unknown" },
);
