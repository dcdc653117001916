import { UNKNOWN } from "../../../contracts/graph";
import { scalingCeiling } from "../../../policy/rules/scalingCeiling";
import { configuration, scalingTarget } from "../endpoints";
import { testRule } from "../ruleCases";

const managed = (scaling: object) => configuration({ managedInstanceScaling: { status: "ENABLED", ...scaling } });
const path = "productionVariants[0].managedInstanceScaling.maxInstanceCount";

testRule(scalingCeiling, [
  ["a low ceiling passes", scalingTarget(), []],
  ["a high ceiling fails", scalingTarget({ maxCapacity: 100 }), ["fail maxCapacity"]],
  ["none fails", scalingTarget({ maxCapacity: null }), ["fail maxCapacity"]],
  ["unknown cannot be told", scalingTarget({ maxCapacity: UNKNOWN }), ["unknown maxCapacity"]],
  ["a raised ceiling passes", scalingTarget({ maxCapacity: 100 }), [], { maxCapacity: 100 }],
  [
    "another service's does not matter",
    scalingTarget({ scalableDimension: "ecs:service:DesiredCount", maxCapacity: 100 }),
    [],
  ],
  ["a variant that does not scale itself passes", configuration(), []],
  ["a variant that scales itself passes", managed({ maxInstanceCount: 3 }), []],
  ["a variant without a ceiling fails", managed({}), [`fail ${path}`]],
]);
