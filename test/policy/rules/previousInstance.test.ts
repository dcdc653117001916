import { previousInstance } from "../../../policy/rules/previousInstance";
import { trainingJob } from "../jobs";
import { testRule } from "../ruleCases";

const on = (instanceType: string) => trainingJob({ resourceConfig: { instanceType } });

// An instance type that is not known yet is the matter of retired-instance, once.
testRule(
  previousInstance,
  [
    ["a current family passes", on("ml.m7i.xlarge"), []],
    ["m4 fails", on("ml.m4.xlarge"), ["fail resourceConfig.instanceType"]],
    ["p3 fails", on("ml.p3.2xlarge"), ["fail resourceConfig.instanceType"]],
    ["look-alikes pass", on("ml.c4x.large"), []],
  ],
  { never: "unknown" },
);
