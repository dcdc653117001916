import { SERVICE_LIMITS } from "../../contracts/serviceLimits";
import { peakBusy } from "./capacity";
import { InferenceOption } from "./inferenceOption";
import { OPTION_LIMITS, type OptionLimits } from "./optionLimits";
import { bytesText, durationText, number } from "./words";
import { TrafficPattern, type Workload } from "./workload";

/** Why an option does not take a workload. */
export interface OutReason {
  /** Stable code for programs, for example `payload`. */
  readonly code: string;
  /** What is asked, and what is taken. */
  readonly text: string;
  /** Pages that say so; none where it is in the nature of the option, or of the component here. */
  readonly pages: readonly string[];
  /** ISO date on which they were read. */
  readonly readOn?: string;
}

const { options, serving } = SERVICE_LIMITS.sagemaker;
const SECOND = 1000;

/** Who waits no longer than this stands waiting: the longest that SageMaker lets a caller wait at once. */
export const INTERACTIVE_MS = serving.answerSeconds * SECOND;
/** From here on requests may be gathered for a job a day. */
const DAY_MS = 86_400_000;
/** Shortest wait for a job: one of its requests alone may take as long. */
const JOB_MS = options.batchTransform.answerSeconds.max * SECOND;

const ENDPOINT_EACH: readonly InferenceOption[] = [InferenceOption.Serverless, InferenceOption.ClassifierApi];
const STARTS: readonly InferenceOption[] = [
  InferenceOption.Serverless,
  InferenceOption.ClassifierApi,
  InferenceOption.MultiModel,
];

/** Every reason why an option does not take a workload; none when it does. */
export function outReasons(option: InferenceOption, workload: Workload): readonly OutReason[] {
  const limits = OPTION_LIMITS[option];
  const documented = (code: string, text: string): OutReason => {
    return { code, text, pages: limits.pages, readOn: limits.readOn };
  };
  const own = (code: string, text: string): OutReason => ({ code, text, pages: [] });
  return [
    ...sizeReasons(limits, workload, documented),
    ...containerReasons(option, workload, documented, own),
    ...waitReasons(option, workload, documented, own),
  ];
}

type Make = (code: string, text: string) => OutReason;

function sizeReasons(limits: OptionLimits, workload: Workload, documented: Make): readonly OutReason[] {
  const { payloadBytes, answerBytes, durationMs, memoryMb, gpu, vpc } = workload;
  const largest = Math.max(payloadBytes, answerBytes);
  const busy = peakBusy(workload);
  return [
    ...(largest > limits.payloadBytes
      ? [
          documented(
            "payload",
            `requests or answers of ${bytesText(largest)}; at most ${bytesText(limits.payloadBytes)}`,
          ),
        ]
      : []),
    ...(durationMs > limits.durationMs
      ? [
          documented(
            "duration",
            `a request takes ${durationText(durationMs)}; at most ${durationText(limits.durationMs)}`,
          ),
        ]
      : []),
    ...(limits.memoryMb !== undefined && memoryMb > limits.memoryMb
      ? [documented("memory", `${number(memoryMb)} MB of memory; at most ${number(limits.memoryMb)} MB`)]
      : []),
    ...(limits.concurrency !== undefined && busy > limits.concurrency
      ? [
          documented(
            "concurrency",
            `${number(Math.ceil(busy))} requests at the same time; at most ${limits.concurrency} an endpoint`,
          ),
        ]
      : []),
    ...(gpu && !limits.gpu ? [documented("gpu", "it has no GPU")] : []),
    ...(vpc && !limits.vpc ? [documented("vpc", "it stands in no VPC")] : []),
  ];
}

function containerReasons(
  option: InferenceOption,
  { models, frameworks, steps, onnx }: Workload,
  documented: Make,
  own: Make,
): readonly OutReason[] {
  const limits = OPTION_LIMITS[option];
  const { min, max } = limits.containers;
  const reasons: OutReason[] = [];
  if (option === InferenceOption.InferencePipeline) {
    if (steps < min || steps > max) reasons.push(documented("steps", `${counted(steps, "step")}; ${min} to ${max}`));
    if (models > 1) reasons.push(own("models", "its containers answer one after another, and none is asked by name"));
    return reasons;
  }
  if (steps > 1) {
    const why = option === InferenceOption.Serverless ? documented : own;
    reasons.push(why("steps", `a request passes through ${steps} containers; one container answers here`));
  }
  if (option === InferenceOption.MultiModel) {
    if (models < 2) reasons.push(own("models", "there is one model, which needs no other beside it"));
    if (frameworks > 1) reasons.push(documented("frameworks", "its models share one container, and so one framework"));
  }
  if (option === InferenceOption.MultiContainer) {
    if (frameworks < min || frameworks > max)
      reasons.push(documented("frameworks", `${counted(frameworks, "framework")}; ${min} to ${max} containers`));
    if (models > frameworks) reasons.push(own("models", "each of its containers has one model"));
  }
  if (option === InferenceOption.ClassifierApi && !onnx)
    reasons.push(own("onnx", "its function runs ONNX Runtime; --onnx says that the model runs there"));
  if (limits.endpoints !== undefined && models > limits.endpoints)
    reasons.push(
      documented("models", `${models} models, each with an endpoint; at most ${limits.endpoints} in a Region`),
    );
  if (option === InferenceOption.ClassifierApi && models > 1)
    reasons.push(own("models", "a ClassifierApi has one model"));
  return reasons;
}

function waitReasons(option: InferenceOption, workload: Workload, documented: Make, own: Make): readonly OutReason[] {
  const { latencyMs, durationMs, pattern, payloadBytes, answerBytes } = workload;
  const reasons: OutReason[] = [];
  if (latencyMs < durationMs)
    reasons.push(
      own("latency", `a request takes ${durationText(durationMs)}, and ${durationText(latencyMs)} are waited for`),
    );
  if (option === InferenceOption.BatchTransform) {
    if (latencyMs < JOB_MS)
      reasons.push(own("latency", `answers come when a job is over; ${durationText(latencyMs)} are waited for`));
    if (pattern !== TrafficPattern.Nightly && latencyMs < DAY_MS)
      reasons.push(own("pattern", "requests come one after another; a job needs its data there when it starts"));
  }
  const fitsAtOnce =
    Math.max(payloadBytes, answerBytes) <= OPTION_LIMITS["real-time"].payloadBytes &&
    durationMs <= OPTION_LIMITS["real-time"].durationMs;
  if (option === InferenceOption.Async && latencyMs <= INTERACTIVE_MS && fitsAtOnce)
    reasons.push(
      own(
        "interactive",
        "answers come later, into S3, while the caller stands waiting, and a smaller option takes the request",
      ),
    );
  if (STARTS.includes(option)) reasons.push(...startReasons(option, workload, documented));
  return reasons;
}

/** Starts that nobody may wait for, as far as they were measured or are documented. */
function startReasons(
  option: InferenceOption,
  { coldStartToleranceMs: tolerated, coldStartMs: measured }: Workload,
  documented: Make,
): readonly OutReason[] {
  if (tolerated === undefined) return [];
  const what =
    option === InferenceOption.MultiModel
      ? "a model's first answer waits until it is loaded"
      : "a first answer waits for a start";
  if (measured !== undefined) {
    if (measured <= tolerated) return [];
    return [
      documented("cold-start", `${what}: ${durationText(measured)} measured, ${durationText(tolerated)} bearable`),
    ];
  }
  const longest = option === InferenceOption.MultiModel ? serving.loadSeconds : options.serverless.startSeconds;
  if (tolerated >= longest * SECOND) return [];
  const bound =
    ENDPOINT_EACH.includes(option) && option === InferenceOption.ClassifierApi
      ? ""
      : `, up to ${durationText(longest * SECOND)}`;
  return [
    documented(
      "cold-start",
      `${what}${bound}; ${durationText(tolerated)} bearable: --cold-start says what you measured`,
    ),
  ];
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
