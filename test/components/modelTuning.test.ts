import { deepEqual, equal, ok } from "node:assert/strict";
import { CheckedInputs } from "../../components/checkedInputs";
import { checkModelSource } from "../../components/checkedModelSource";
import { TUNING_OPTIONS } from "../../components/checkedModelTuning";
import type { ModelSourceArgs } from "../../components/modelSourceArgs";
import type { ModelTuningArgs } from "../../components/modelTuningArgs";
import { Framework, frameworkVersions } from "../../contracts/frameworkImages";
import { MODEL_TUNING, SCRIPT_ENVIRONMENT } from "../../contracts/modelTuning";
import { batch, FRAMEWORK, later, realTime, serverless } from "./optionProblems";
import { ARCHIVE } from "./optionVariants";

/** Environment of a framework's container that is tuned. */
function environmentOf(
  framework: Framework,
  args: ModelTuningArgs & Pick<ModelSourceArgs, "environment">,
  multiModel = false,
): Readonly<Record<string, unknown>> {
  const checks = new CheckedInputs("a test");
  const [frameworkVersion] = frameworkVersions(framework, "x86");
  const modelDataUrl = multiModel ? "s3://our-models/all/" : ARCHIVE;
  const source = { framework, ...(frameworkVersion && { frameworkVersion }), modelDataUrl, ...args };
  const { environment } = checkModelSource(source, { at: "", instanceType: undefined, multiModel }, checks);
  checks.assert();
  return environment;
}

const EVERY: ModelTuningArgs = {
  modelWorkers: 2,
  threadsPerWorker: 3,
  batchSize: 32,
  batchDelayMilliseconds: 50,
  modelServers: 4,
  grpc: true,
};

describe("Tuning of a framework's image", () => {
  it("becomes the variables of TensorFlow Serving's container", () => {
    deepEqual(environmentOf("tensorflow", EVERY), {
      SAGEMAKER_GUNICORN_WORKERS: "2",
      OMP_NUM_THREADS: "3",
      SAGEMAKER_TFS_INTRA_OP_PARALLELISM: "3",
      SAGEMAKER_TFS_ENABLE_BATCHING: "true",
      SAGEMAKER_TFS_MAX_BATCH_SIZE: "32",
      SAGEMAKER_TFS_BATCH_TIMEOUT_MICROS: "50000",
      SAGEMAKER_TFS_INSTANCE_COUNT: "4",
      PREDICT_USING_GRPC: "true",
    });
    deepEqual(environmentOf("tensorflow", { grpc: false }), { PREDICT_USING_GRPC: "false" });
  });

  it("becomes the variables of TorchServe, with as many workers at least as at most", () => {
    const { modelServers: _, grpc: __, ...rest } = EVERY;
    deepEqual(environmentOf("pytorch", rest), {
      SAGEMAKER_MODEL_SERVER_WORKERS: "2",
      SAGEMAKER_TS_MIN_WORKERS: "2",
      SAGEMAKER_TS_MAX_WORKERS: "2",
      OMP_NUM_THREADS: "3",
      SAGEMAKER_TS_BATCH_SIZE: "32",
      SAGEMAKER_TS_MAX_BATCH_DELAY: "50",
    });
  });

  it("becomes workers and threads of the others, in a multi-model container by its own variable", () => {
    for (const framework of ["huggingface", "mxnet", "sklearn", "xgboost"] as const) {
      const environment = environmentOf(framework, { modelWorkers: 2, threadsPerWorker: 3 });
      const script = SCRIPT_ENVIRONMENT[framework];
      deepEqual(environment, { ...script, SAGEMAKER_MODEL_SERVER_WORKERS: "2", OMP_NUM_THREADS: "3" }, framework);
    }
    deepEqual(environmentOf("xgboost", { modelWorkers: 2 }, true), { SAGEMAKER_NUM_MODEL_WORKERS: "2" });
    deepEqual(environmentOf("pytorch", { modelWorkers: 2 }, true), { SAGEMAKER_MODEL_SERVER_WORKERS: "2" });
  });

  it("lets the image of scikit-learn find its script, unless another is named", () => {
    deepEqual(environmentOf("sklearn", {}), {
      SAGEMAKER_PROGRAM: "inference.py",
      SAGEMAKER_SUBMIT_DIRECTORY: "/opt/ml/model/code",
    });
    deepEqual(environmentOf("sklearn", { environment: { SAGEMAKER_PROGRAM: "serve.py" } }), {
      SAGEMAKER_PROGRAM: "serve.py",
      SAGEMAKER_SUBMIT_DIRECTORY: "/opt/ml/model/code",
    });
    deepEqual(environmentOf("pytorch", {}), {});
  });

  it("stands beside the environment that is given, and may not say the same", () => {
    const environment = { OUR_FLAG: "1" };
    deepEqual(realTime({ environment, modelWorkers: 2 }, FRAMEWORK), []);
    deepEqual(realTime({ environment: { OMP_NUM_THREADS: "1" }, threadsPerWorker: 2 }, FRAMEWORK), [
      "threadsPerWorker: given with OMP_NUM_THREADS in environment; allowed: either this or OMP_NUM_THREADS in environment",
    ]);
    const many = Object.fromEntries(Array.from({ length: 14 }, (_, n) => [`V${n}`, "1"]));
    deepEqual(realTime({ environment: many }, FRAMEWORK), []);
    equal(realTime({ environment: many, modelWorkers: 2 }, FRAMEWORK).length, 1);
  });

  it("is refused where the image has no variable for it, with the reason", () => {
    deepEqual(
      serverless({ batchSize: 8, grpc: true }, { ...FRAMEWORK, framework: "sklearn", frameworkVersion: "1.2-1" }),
      [
        "batchSize: given with sklearn; allowed: nothing: the image answers requests one by one: only those of tensorflow and pytorch have variables for batches",
        "grpc: given with sklearn; allowed: nothing: only TensorFlow Serving answers gRPC behind its image's own port",
      ],
    );
    deepEqual(batch({ modelWorkers: 2 }), [
      "modelWorkers: given without framework; allowed: only with framework: your own image has variables of its own, which environment sets",
    ]);
    deepEqual(later({ image: undefined, ...FRAMEWORK, batchDelayMilliseconds: 5 }), [
      "batchDelayMilliseconds: given without batchSize; allowed: only together with batchSize",
    ]);
    deepEqual(realTime({ variants: [{ name: "a", ...FRAMEWORK }], modelWorkers: 2 }, {}), [
      "modelWorkers: given with variants; allowed: only without variants: each has its own",
    ]);
  });

  it("keeps to whole numbers within bounds", () => {
    for (const modelWorkers of [0, -1, 1.5, 257, Number.NaN]) {
      equal(realTime({ modelWorkers }, FRAMEWORK).length, 1, String(modelWorkers));
    }
    equal(realTime({ batchSize: 4097 }, FRAMEWORK).length, 1);
    equal(realTime({ grpc: "yes", framework: "tensorflow", frameworkVersion: "2.16" }, FRAMEWORK).length, 1);
  });

  it("is known for every framework and every argument, each with a commit and a date", () => {
    deepEqual(Object.keys(MODEL_TUNING), Object.values(Framework));
    for (const [framework, { options, source, sourceDate }] of Object.entries(MODEL_TUNING)) {
      deepEqual(Object.keys(options), TUNING_OPTIONS, framework);
      ok(/@[0-9a-f]{7}: /.test(source), source);
      ok(/^\d{4}-\d\d-\d\d$/.test(sourceDate), sourceDate);
    }
  });
});
