/**
 * How AWS's image of a framework is tuned; each becomes the environment variables that this image reads, which
 * `contracts/modelTuning.ts` lists with their sources. Only with `framework`: your own image has variables of its own.
 */
export interface ModelTuningArgs {
  /**
   * Processes that answer, 1 to 256; each loads the model. Of TensorFlow Serving those around `code/inference.py`.
   * Defaults to the image's own number: one, or one for each processor.
   */
  modelWorkers?: number;
  /** Threads that each of them computes with, 1 to 256; times the workers best no more than processors. Defaults to the image's own number. */
  threadsPerWorker?: number;
  /** Requests that are answered together, 1 to 4096; `tensorflow` and `pytorch` only. Defaults to none together. */
  batchSize?: number;
  /** Milliseconds that a request waits for others, 1 to 60000; only with `batchSize`. Defaults to the image's own: 1 of TensorFlow Serving, 100 of TorchServe. */
  batchDelayMilliseconds?: number;
  /** Servers of TensorFlow Serving side by side, 1 to 64, each with the model; `tensorflow` only. Defaults to 1. */
  modelServers?: number;
  /**
   * Whether `code/inference.py` asks TensorFlow Serving by gRPC: the variable `PREDICT_USING_GRPC` of AWS's sample, which the script must
   * read; `tensorflow` only. Defaults to leaving it to the script.
   */
  grpc?: boolean;
}
