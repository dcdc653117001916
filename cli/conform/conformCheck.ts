import type { ConformSession } from "./conformSession";

/** How much a check weighs. */
export const CheckLevel = {
  /** Without it an endpoint fails, or answers wrongly. */
  Must: "must",
  /** Documented, but SageMaker copes without; or what keeps a hosted container alive and legible. */
  Should: "should",
} as const;
export type CheckLevel = (typeof CheckLevel)[keyof typeof CheckLevel];

/** What a check cannot do without; the command line says it. */
export const CheckNeed = {
  /** A container with `SAGEMAKER_MULTI_MODEL=true`. */
  MultiModel: "multi-model",
  /** A folder with a model, as the container sees it. */
  Model: "model",
  /** The body of a request that the model answers. */
  Body: "body",
  /** What `Accept` asks for. */
  Accept: "accept",
  /** How many loads may be tried until memory is short. */
  Fill: "fill",
} as const;
export type CheckNeed = (typeof CheckNeed)[keyof typeof CheckNeed];

/** Pages that the checks come from, below https://docs.aws.amazon.com/sagemaker/latest/. */
export const SourcePage = {
  Hosting: "dg/your-algorithms-inference-code.html",
  MultiModel: "dg/mms-container-apis.html",
  Batch: "dg/your-algorithms-batch-code.html",
  Invoke: "APIReference/API_runtime_InvokeEndpoint.html",
} as const;
export type SourcePage = (typeof SourcePage)[keyof typeof SourcePage];

/** One thing that the contract asks of a container. */
export interface ConformCheck {
  /** Stable name, for example `load-again-409`. */
  readonly id: string;
  /** Heading under which it is reported. */
  readonly group: string;
  readonly level: CheckLevel;
  /** What is asked, in words that complete "asked: …". */
  readonly asks: string;
  readonly page: SourcePage;
  readonly needs: readonly CheckNeed[];
  /**
   * @throws ContractBreach or NoAnswerError when the container fails
   * @throws SkippedCheck when the container gives no occasion to judge
   */
  run(session: ConformSession): Promise<void>;
}
