import { Secret, UNKNOWN } from "../../../contracts/graph";
import { trainingOnSpot } from "../../../policy/rules/trainingOnSpot";
import { declared } from "../declared";
import { nativePipeline, PIPELINE, pipeline, STATE_MACHINE, stateMachine, trainingJob, tuningJob } from "../jobs";
import { testRule } from "../ruleCases";

const spot = "enableManagedSpotTraining";
const inPipeline = "pipelineDefinition.Train.EnableManagedSpotTraining";

testRule(trainingOnSpot, [
  ["spot with checkpoints passes", trainingJob(), []],
  ["a secret true passes", trainingJob({ [spot]: new Secret(true) }), []],
  ["absent fails", trainingJob({ [spot]: null }), [`fail ${spot}`]],
  ["false fails", trainingJob({ [spot]: false }), [`fail ${spot}`]],
  ["another value is never said", trainingJob({ [spot]: new Secret("hunter2") }), [`fail ${spot}`]],
  ["unknown cannot be told", trainingJob({ [spot]: UNKNOWN }), [`unknown ${spot}`]],
  ["no checkpoints fail", trainingJob({ checkpointConfig: null }), ["fail checkpointConfig"]],
  [
    "a wait shorter than the work fails",
    trainingJob({ stoppingCondition: { maxRuntimeInSeconds: 3600, maxWaitTimeInSeconds: 60 } }),
    ["fail stoppingCondition.maxWaitTimeInSeconds"],
  ],
  [
    "a training plan passes",
    trainingJob({
      [spot]: false,
      resourceConfig: { trainingPlanArn: "arn:aws:sagemaker:us-east-1:1:training-plan/p" },
    }),
    [],
  ],
  ["a warm pool passes", trainingJob({ [spot]: false, resourceConfig: { keepAlivePeriodInSeconds: 600 } }), []],
  ["a tuning job's definition passes", tuningJob(), []],
  ["a tuning job's definition fails", tuningJob({}, { [spot]: false }), [`fail trainingJobDefinition.${spot}`]],
  [
    "one of several definitions fails",
    tuningJob({ trainingJobDefinition: null, trainingJobDefinitions: [{ [spot]: false }] }),
    [`fail trainingJobDefinitions[0].${spot}`],
  ],
  ["a pipeline's step passes", pipeline(), []],
  ["a pipeline's step fails", pipeline({ EnableManagedSpotTraining: false }), [`fail ${inPipeline}`]],
  [
    "a pipeline's parameter cannot be told",
    pipeline({ EnableManagedSpotTraining: { Get: "Parameters.Spot" } }),
    [`unknown ${inPipeline}`],
  ],
  [
    "aws-native's pipeline fails",
    nativePipeline({ EnableManagedSpotTraining: false }),
    ["fail pipelineDefinition.pipelineDefinitionBody.Train.EnableManagedSpotTraining"],
  ],
  [
    "an unknown pipeline cannot be told",
    declared(PIPELINE, "p", { pipelineDefinition: UNKNOWN }),
    ["unknown pipelineDefinition"],
  ],
  [
    "a pipeline in S3 cannot be told",
    declared(PIPELINE, "p", { pipelineDefinitionS3Location: { bucket: "b", objectKey: "k" } }),
    ["unknown pipelineDefinition"],
  ],
  ["a state machine's task passes", stateMachine(), []],
  [
    "a state machine's task fails",
    stateMachine({ EnableManagedSpotTraining: false }),
    ["fail definition.Train.EnableManagedSpotTraining"],
  ],
  [
    "a state machine's JSONPath cannot be told",
    stateMachine({ EnableManagedSpotTraining: undefined, "EnableManagedSpotTraining.$": "$.spot" }),
    ["unknown definition.Train.EnableManagedSpotTraining"],
  ],
  ["an unknown state machine is not one of training", declared(STATE_MACHINE, "m", { definition: UNKNOWN }), []],
  [
    "an unknown state machine that is tagged with training cannot be told",
    declared(STATE_MACHINE, "m", { definition: UNKNOWN, tags: { "frugal-ml:workload": "training" } }),
    ["unknown definition"],
  ],
]);
