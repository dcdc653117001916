import type { InferenceSession } from "onnxruntime-common";
import { type ClassifierInput, InputChannels, InputLayout } from "../../contracts/classifierInput";
import { SERVICE_LIMITS } from "../../contracts/serviceLimits";
import { ClassifyError } from "./errors";

/** What onnxruntime-node has besides is not used. */
type Runtime = typeof import("onnxruntime-common");

/** A loaded model. */
export interface ModelSession {
  /**
   * Runs the model on one picture.
   * @param tensor what {@link ClassifierInput} says of a picture
   * @returns one number a label
   */
  run(tensor: Float32Array): Promise<Float32Array>;
}

/**
 * Loads a model from a file.
 * @param labels how many labels there are
 * @throws ClassifyError ModelInvalid when it is no model, or one of another shape than is said
 */
export async function modelSession(file: string, input: ClassifierInput, labels: number): Promise<ModelSession> {
  // Loaded here and not when the function starts, so that it is fetched from S3 meanwhile.
  const { InferenceSession, Tensor } = require("onnxruntime-node") as Runtime;
  let session: InferenceSession;
  try {
    session = await InferenceSession.create(file, sessionOptions(threads()));
  } catch (cause) {
    throw new ClassifyError("ModelInvalid", undefined, { cause });
  }
  const shape = inputShape(input);
  assertShapes(session, shape, labels);
  const [given = "", wanted = ""] = [session.inputNames[0], session.outputNames[0]];
  return {
    async run(tensor) {
      const answer = await session.run({ [given]: new Tensor("float32", tensor, shape) }, [wanted]);
      const data = answer[wanted]?.data;
      if (!(data instanceof Float32Array) || data.length !== labels) {
        throw new ClassifyError("ModelInvalid", undefined, {
          cause: new Error(`the output has ${data?.length} numbers`),
        });
      }
      return data;
    },
  };
}

/**
 * One picture at a time, on as many threads as the function has vCPUs. Threads that wait in a loop would spend the
 * quota that the others need, so none does.
 */
function sessionOptions(intraOpNumThreads: number): InferenceSession.SessionOptions {
  return {
    executionProviders: ["cpu"],
    graphOptimizationLevel: "all",
    executionMode: "sequential",
    intraOpNumThreads,
    interOpNumThreads: 1,
    extra: { session: { intra_op: { allow_spinning: "0" } } },
  };
}

/** vCPUs of the function's memory, one at least (docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html). */
export function threads(memoryMb = Number(process.env["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] ?? 0)): number {
  return Math.max(1, Math.round(memoryMb / SERVICE_LIMITS.lambda.oneVcpuMemoryMb));
}

function inputShape({ width, height, channels, layout }: ClassifierInput): readonly number[] {
  const depth = channels === InputChannels.Grey ? 1 : 3;
  return layout === InputLayout.Nchw ? [1, depth, height, width] : [1, height, width, depth];
}

/** What the model itself says must agree with the configuration; names and −1 stand for sizes that it leaves open. */
function assertShapes(session: InferenceSession, shape: readonly number[], labels: number): void {
  const [given, wanted] = [session.inputMetadata[0], session.outputMetadata[0]];
  const problems: string[] = [];
  if (!given?.isTensor || given.type !== "float32") problems.push("its first input is not of float32");
  else if (!fits(given.shape, shape)) problems.push(`its input has the shape ${given.shape}; configured: ${shape}`);
  if (session.inputNames.length !== 1) problems.push(`it has ${session.inputNames.length} inputs`);
  if (!wanted?.isTensor || wanted.type !== "float32") problems.push("its first output is not of float32");
  else if (!fits(wanted.shape.slice(-1), [labels]))
    problems.push(`its output has the shape ${wanted.shape}; labels: ${labels}`);
  if (problems.length > 0)
    throw new ClassifyError("ModelInvalid", undefined, { cause: new Error(problems.join("; ")) });
}

function fits(said: readonly (number | string)[], shape: readonly number[]): boolean {
  if (said.length !== shape.length) return false;
  return said.every((size, index) => typeof size === "string" || size < 0 || size === shape[index]);
}
