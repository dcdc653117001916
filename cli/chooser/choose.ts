import type { BookAge, PriceBook } from "../pricing/book/priceBook";
import { type BreakEven, breakEvens } from "./breakEven";
import { INFERENCE_OPTIONS, InferenceOption, OPTION_COMPONENTS } from "./inferenceOption";
import { type OptionCost, optionCost } from "./optionCost";
import { INTERACTIVE_MS, type OutReason, outReasons } from "./optionReasons";
import { TrafficPattern, type Workload } from "./workload";

/** What becomes of an option. */
export interface OptionVerdict {
  readonly option: InferenceOption;
  readonly component: string;
  /** Why it does not take the workload; none when it does. */
  readonly out: readonly OutReason[];
  /** What it costs; only of those that take it, where the book has the prices. */
  readonly cost?: OptionCost;
  /** What to know before it is taken. */
  readonly notes: readonly string[];
}

/** Why the first is the first. */
export type ChoiceReason = "only" | "dataset" | "cost" | "unpriced";

/** Options for a workload, the best first, and those that do not take it last. */
export interface Choice {
  readonly workload: Workload;
  readonly options: readonly OptionVerdict[];
  /** Undefined when none takes it. */
  readonly first?: { readonly option: InferenceOption; readonly because: ChoiceReason; readonly text: string };
  readonly breakEvens: readonly BreakEven[];
  readonly book: BookAge;
}

/**
 * Ranks the options. Data that is there at once, and that nobody waits for, is a job's; among the others that which is expected to
 * cost least is the first. Limits decide alone what is out.
 */
export function choose(workload: Workload, book: PriceBook, today: Date): Choice {
  const verdicts = INFERENCE_OPTIONS.map((option): OptionVerdict => {
    const out = outReasons(option, workload);
    const cost = out.length === 0 ? optionCost(option, workload, book, today) : undefined;
    const component = OPTION_COMPONENTS[option];
    return { option, component, out, ...(cost && { cost }), notes: out.length === 0 ? notesOf(option, workload) : [] };
  });
  const taking = verdicts.filter(({ out }) => out.length === 0).sort((a, b) => rank(a, b, workload));
  const [first] = taking;
  const because = first && reasonOf(taking, workload);
  return {
    workload,
    options: [...taking, ...verdicts.filter(({ out }) => out.length > 0)],
    ...(first && because && { first: { option: first.option, because, text: REASONS[because] } }),
    breakEvens: breakEvens(taking, workload, book, today),
    book: book.age(today),
  };
}

const REASONS: Readonly<Record<ChoiceReason, string>> = {
  only: "no other option takes the workload",
  dataset: "the data is there at once and nobody stands waiting, so a job does it and nothing runs afterwards",
  cost: "it is expected to cost least among the options that take the workload",
  unpriced: "the book prices none of the options that take the workload, so that costs decide nothing",
};

/** Data that one job takes: of several models each has a job of its own, with a start that is paid, so that costs decide. */
function isDataset({ pattern, models }: Workload): boolean {
  return pattern === TrafficPattern.Nightly && models === 1;
}

function reasonOf(taking: readonly OptionVerdict[], workload: Workload): ChoiceReason {
  if (taking.length === 1) return "only";
  if (isDataset(workload) && taking[0]?.option === InferenceOption.BatchTransform) return "dataset";
  return taking[0]?.cost === undefined ? "unpriced" : "cost";
}

function rank(a: OptionVerdict, b: OptionVerdict, workload: Workload): number {
  const isJob = ({ option }: OptionVerdict): boolean =>
    isDataset(workload) && option === InferenceOption.BatchTransform;
  if (isJob(a) !== isJob(b)) return isJob(a) ? -1 : 1;
  if (a.cost === undefined || b.cost === undefined) return Number(a.cost === undefined) - Number(b.cost === undefined);
  return a.cost.monthly.expected.compare(b.cost.monthly.expected);
}

function notesOf(option: InferenceOption, workload: Workload): readonly string[] {
  const { coldStartToleranceMs, models, gpu, latencyMs } = workload;
  const starts: readonly InferenceOption[] = [InferenceOption.Serverless, InferenceOption.ClassifierApi];
  return [
    ...(starts.includes(option) && coldStartToleranceMs === undefined
      ? [
          "the first answer after a pause waits for a start: measure it, and give --cold-start-tolerance when it may not",
        ]
      : []),
    ...(option === InferenceOption.MultiModel && coldStartToleranceMs === undefined
      ? ["the first answer of a model waits until it is loaded"]
      : []),
    ...(option === InferenceOption.Async
      ? [
          latencyMs <= INTERACTIVE_MS
            ? "answers come into S3: the caller asks for them there, or is notified"
            : "answers come into S3, with a notification",
        ]
      : []),
    ...(models > 1 && option !== InferenceOption.MultiModel && option !== InferenceOption.MultiContainer
      ? [
          `each of the ${models} models has ${option === InferenceOption.BatchTransform ? "a job" : "an endpoint"} of its own`,
        ]
      : []),
    ...(gpu ? ["SageMaker takes GPUs here; the components of this package host on processors alone"] : []),
  ];
}
