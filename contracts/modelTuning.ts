/**
 * How each framework's image is tuned: options, and the environment variables that the image's code reads for them. Each
 * variable was found in public source at the commit below; what an image has no variable for is refused with the reason.
 */

/** Options of tuning, as arguments of the components. */
export const TuningOption = {
  ModelWorkers: "modelWorkers",
  ThreadsPerWorker: "threadsPerWorker",
  BatchSize: "batchSize",
  BatchDelayMilliseconds: "batchDelayMilliseconds",
  ModelServers: "modelServers",
  Grpc: "grpc",
} as const;
export type TuningOption = (typeof TuningOption)[keyof typeof TuningOption];

/** A variable, and how an option becomes its value: as it is, times a factor, or the same whatever is given. */
export interface TuningVariable {
  readonly name: string;
  /** Multiplies a number. Defaults to 1. */
  readonly times?: number;
  /** Value instead of the option's. */
  readonly constant?: string;
}

/** What a framework does with an option: variables that it becomes, or why there is none. */
export type TuningRule = readonly TuningVariable[] | { readonly refused: string };

/** What an image reads, and where that is written. */
export interface FrameworkTuning {
  /** Public repositories, each at a commit, and files. */
  readonly source: string;
  /** ISO date of the newest of those commits. */
  readonly sourceDate: string;
  readonly options: Readonly<Record<TuningOption, TuningRule>>;
  /** What is otherwise in a multi-model container. */
  readonly multiModel?: Readonly<Partial<Record<TuningOption, TuningRule>>>;
}

const OMP: TuningVariable = { name: "OMP_NUM_THREADS" };
const WORKERS: TuningVariable = { name: "SAGEMAKER_MODEL_SERVER_WORKERS" };
const MULTI_MODEL_WORKERS: TuningVariable = { name: "SAGEMAKER_NUM_MODEL_WORKERS" };

const NO_SERVERS = { refused: "the image runs one server, whose processes are modelWorkers" } as const;
const NO_GRPC = { refused: "only TensorFlow Serving answers gRPC behind its image's own port" } as const;
const NO_BATCHES = {
  refused: "the image answers requests one by one: only those of tensorflow and pytorch have variables for batches",
} as const;

const MMS = "aws/sagemaker-inference-toolkit@f79853d: parameters.py, model_server.py";
const CONTAINERS = "amazon-archives/sagemaker-containers@526dda9: _params.py, _env.py";

/** Variables of each framework whose image AWS keeps. */
export const MODEL_TUNING = {
  tensorflow: {
    source:
      "aws/sagemaker-tensorflow-serving-container@da19256: README.md, serve.py, tfs_utils.py; aws-samples/amazon-sagemaker-tensorflow-serving-grpc@7ae1255: code/inference.py",
    sourceDate: "2023-09-13",
    options: {
      // Processes of the service around code/inference.py; without the script nothing reads it.
      modelWorkers: [{ name: "SAGEMAKER_GUNICORN_WORKERS" }],
      threadsPerWorker: [OMP, { name: "SAGEMAKER_TFS_INTRA_OP_PARALLELISM" }],
      batchSize: [
        { name: "SAGEMAKER_TFS_ENABLE_BATCHING", constant: "true" },
        { name: "SAGEMAKER_TFS_MAX_BATCH_SIZE" },
      ],
      batchDelayMilliseconds: [{ name: "SAGEMAKER_TFS_BATCH_TIMEOUT_MICROS", times: 1000 }],
      modelServers: [{ name: "SAGEMAKER_TFS_INSTANCE_COUNT" }],
      // The image always listens for gRPC; AWS's sample of code/inference.py asks by it or by REST, as this variable says.
      grpc: [{ name: "PREDICT_USING_GRPC" }],
    },
    multiModel: {
      modelServers: { refused: "in a multi-model container each model has a server of its own" },
      grpc: { refused: "a multi-model container of this image takes no script for single models" },
    },
  },
  pytorch: {
    source: "aws/sagemaker-pytorch-inference-toolkit@cc8bf99: ts_parameters.py, ts_environment.py, torchserve.py",
    sourceDate: "2024-10-07",
    options: {
      // With any variable of TorchServe's the image takes its numbers of workers from these, which are 1 otherwise.
      modelWorkers: [WORKERS, { name: "SAGEMAKER_TS_MIN_WORKERS" }, { name: "SAGEMAKER_TS_MAX_WORKERS" }],
      threadsPerWorker: [OMP],
      batchSize: [{ name: "SAGEMAKER_TS_BATCH_SIZE" }],
      batchDelayMilliseconds: [{ name: "SAGEMAKER_TS_MAX_BATCH_DELAY" }],
      modelServers: NO_SERVERS,
      grpc: NO_GRPC,
    },
    multiModel: {
      modelWorkers: [WORKERS],
      batchSize: { refused: "the image reads it for single models only" },
      batchDelayMilliseconds: { refused: "the image reads it for single models only" },
    },
  },
  huggingface: {
    source: `aws/sagemaker-huggingface-inference-toolkit@69bc5ef: mms_model_server.py; ${MMS}`,
    sourceDate: "2025-04-23",
    options: {
      modelWorkers: [WORKERS],
      threadsPerWorker: [OMP],
      batchSize: NO_BATCHES,
      batchDelayMilliseconds: NO_BATCHES,
      modelServers: NO_SERVERS,
      grpc: NO_GRPC,
    },
  },
  mxnet: {
    source: MMS,
    sourceDate: "2023-10-25",
    options: {
      modelWorkers: [WORKERS],
      threadsPerWorker: [OMP],
      batchSize: NO_BATCHES,
      batchDelayMilliseconds: NO_BATCHES,
      modelServers: NO_SERVERS,
      grpc: NO_GRPC,
    },
  },
  sklearn: {
    source: `aws/sagemaker-scikit-learn-container@eae7b6b: serving.py, serving_mms.py; ${CONTAINERS}`,
    sourceDate: "2026-07-14",
    options: {
      modelWorkers: [WORKERS],
      threadsPerWorker: [OMP],
      batchSize: NO_BATCHES,
      batchDelayMilliseconds: NO_BATCHES,
      modelServers: NO_SERVERS,
      grpc: NO_GRPC,
    },
    multiModel: { modelWorkers: [MULTI_MODEL_WORKERS] },
  },
  xgboost: {
    source: `aws/sagemaker-xgboost-container@cb8df91: serving.py, serving_mms.py; ${CONTAINERS}`,
    sourceDate: "2026-06-25",
    options: {
      modelWorkers: [WORKERS],
      threadsPerWorker: [OMP],
      batchSize: NO_BATCHES,
      batchDelayMilliseconds: NO_BATCHES,
      modelServers: NO_SERVERS,
      grpc: NO_GRPC,
    },
    multiModel: { modelWorkers: [MULTI_MODEL_WORKERS] },
  },
} as const satisfies Readonly<Record<string, FrameworkTuning>>;

/**
 * Variables without which an image does not find `code/inference.py` in a model's archive: of scikit-learn, whose server imports
 * the module that they name (sources as above). The other images look there by themselves.
 */
export const SCRIPT_ENVIRONMENT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sklearn: { SAGEMAKER_PROGRAM: "inference.py", SAGEMAKER_SUBMIT_DIRECTORY: "/opt/ml/model/code" },
};

/** Most of each number, and the least. */
export const TUNING_BOUNDS = {
  modelWorkers: { min: 1, max: 256 },
  threadsPerWorker: { min: 1, max: 256 },
  batchSize: { min: 1, max: 4096 },
  batchDelayMilliseconds: { min: 1, max: 60_000 },
  modelServers: { min: 1, max: 64 },
} as const;
