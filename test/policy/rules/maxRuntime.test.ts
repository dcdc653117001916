import { deepEqual, equal } from "node:assert/strict";
import { Secret, UNKNOWN } from "../../../contracts/graph";
import { InvalidInputError } from "../../../contracts/problems";
import { maxRuntime } from "../../../policy/rules/maxRuntime";
import { pipeline, stateMachine, trainingJob, tuningJob } from "../jobs";
import { testRule, verdictsOf } from "../ruleCases";

const path = "stoppingCondition.maxRuntimeInSeconds";
const limits = "config.resourceLimits.maxRuntimeInSeconds";
const withRuntime = (seconds: number | string | null) =>
  trainingJob({ stoppingCondition: { maxRuntimeInSeconds: seconds } });

testRule(maxRuntime, [
  ["an hour passes", trainingJob(), []],
  ["the bound itself passes", withRuntime(86_400), []],
  ["a second more fails", withRuntime(86_401), [`fail ${path}`]],
  ["nothing fails", trainingJob({ stoppingCondition: null }), [`fail ${path}`]],
  ["zero fails", withRuntime(0), [`fail ${path}`]],
  ["what is no number is never said", withRuntime("hunter2"), [`fail ${path}`]],
  ["unknown cannot be told", trainingJob({ stoppingCondition: UNKNOWN }), [`unknown ${path}`]],
  ["a secret passes", trainingJob({ stoppingCondition: new Secret({ maxRuntimeInSeconds: 60 }) }), []],
  ["a raised bound passes", withRuntime(200_000), [], { maxSeconds: 432_000 }],
  ["a tuning job passes", tuningJob(), []],
  [
    "a tuning job without a limit fails",
    tuningJob({ config: { strategy: "Grid", resourceLimits: {} } }),
    [`fail ${limits}`],
  ],
  ["a tuning job's definition fails", tuningJob({}, { stoppingCondition: {} }), [`fail trainingJobDefinition.${path}`]],
  [
    "a pipeline's processing fails",
    pipeline({}, { StoppingCondition: undefined }),
    ["fail pipelineDefinition.Prepare.StoppingCondition.MaxRuntimeInSeconds"],
  ],
  [
    "a pipeline's parameter cannot be told",
    pipeline({ StoppingCondition: { MaxRuntimeInSeconds: { Get: "Parameters.Seconds" } } }),
    ["unknown pipelineDefinition.Train.StoppingCondition.MaxRuntimeInSeconds"],
  ],
  ["a state machine passes", stateMachine(), []],
]);

describe("rule max-runtime", () => {
  it("refuses what is known to be wrong, and only says what is unknown", () => {
    equal(verdictsOf(maxRuntime, withRuntime(null))[0]?.violation, true);
    equal(verdictsOf(maxRuntime, trainingJob({ stoppingCondition: UNKNOWN }))[0]?.violation, false);
  });
  it("refuses bounds that nothing could meet", () => {
    try {
      verdictsOf(maxRuntime, [], { maxSeconds: 0 });
      throw new Error("accepted");
    } catch (error) {
      deepEqual(error instanceof InvalidInputError && error.problems.map(({ property }) => property), [
        "max-runtime.maxSeconds",
      ]);
    }
  });
});
