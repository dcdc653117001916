import { SageMakerUsage } from "../../contracts/priceKey";
import { SERVICE_LIMITS } from "../../contracts/serviceLimits";
import type { PriceBook } from "../pricing/book/priceBook";
import { HOURS_PER_MONTH, NotPricedReason } from "../pricing/charge";
import { priceGraph } from "../pricing/priceGraph";
import { Range } from "../pricing/range";
import { Rates } from "../pricing/savings/rates";
import { type Instances, instancesFor, meanBusy, TARGET_USE } from "./capacity";
import { InferenceOption } from "./inferenceOption";
import { INSTANCE_SIZES, type InstanceSize } from "./instanceSizes";
import {
  functionStack,
  instancesStack,
  jobStack,
  type OptionStack,
  RUNS_PER_MONTH,
  serverlessStack,
  VOLUME_GB,
} from "./optionStack";
import { durationText, number } from "./words";
import type { Workload } from "./workload";

/** What an option costs in a month of 730 hours. */
export interface OptionCost {
  readonly monthly: Range;
  /** Instance type, where there are instances: the one that costs least. */
  readonly instanceType?: string;
  /** Instances on average over the month. */
  readonly instances?: Instances;
  /** What the figure rests on, in sentences. */
  readonly assumptions: readonly string[];
}

/** From this wait on an asynchronous endpoint may go down to nothing: SageMaker's own default for one answer. */
const TO_NOTHING_MS = SERVICE_LIMITS.sagemaker.options.async.defaultAnswerSeconds * 1000;

/** Minutes that a job pays for before and after its work: assumed, since nobody documents them. */
const JOB_START_MINUTES = { low: 0, expected: 5, high: 15 } as const;

/** An option on instances of a type: what to price, and how many hours of them; undefined where the type does not hold it. */
type OnInstances = (
  workload: Workload,
  size: InstanceSize,
) =>
  | {
      readonly stack: () => OptionStack;
      readonly hours: number;
      readonly instances?: Instances;
      readonly how: () => string;
    }
  | undefined;

/** Prices an option by the code of `frugal-ml price`; undefined where the book has no price for it. */
export function optionCost(
  option: InferenceOption,
  workload: Workload,
  book: PriceBook,
  today: Date,
): OptionCost | undefined {
  if (option === InferenceOption.Serverless) {
    const { min, max, step } = SERVICE_LIMITS.sagemaker.options.serverless.memoryMb;
    const wanted = Math.max(workload.memoryMb, SERVICE_LIMITS.lambda.oneVcpuMemoryMb);
    const memory = Math.min(max, Math.max(min, Math.ceil(wanted / step) * step));
    const monthly = priced(serverlessStack(workload, memory), book, today);
    const how = `${number(memory)} MB, taken to have one vCPU as a function of that size has: AWS says only that processors come in proportion`;
    return monthly && { monthly, assumptions: [how] };
  }
  if (option === InferenceOption.ClassifierApi) {
    const memory = Math.max(workload.memoryMb, SERVICE_LIMITS.lambda.oneVcpuMemoryMb);
    const monthly = priced(functionStack(workload, memory), book, today);
    return monthly && { monthly, assumptions: [`arm64 with ${number(memory)} MB behind an HTTP API`] };
  }
  return cheapest(option, workload, book, today);
}

const ON_INSTANCES: Readonly<Partial<Record<InferenceOption, OnInstances>>> = {
  "real-time": (workload, size) =>
    hosted(workload, size, { endpoints: workload.models, memoryMb: workload.memoryMb, queued: false }),
  asynchronous: (workload, size) =>
    hosted(workload, size, { endpoints: workload.models, memoryMb: workload.memoryMb, queued: true }),
  "multi-model": (workload, size) => {
    const together = Math.ceil(workload.models * workload.activeShare);
    const room = Math.ceil((together * workload.memoryMb) / size.memoryMb);
    const fitted = hosted(workload, size, { endpoints: 1, memoryMb: workload.memoryMb, queued: false, room });
    return (
      fitted && {
        ...fitted,
        how: () => `${fitted.how()}; room for ${together} of ${workload.models} models at the same time`,
      }
    );
  },
  "multi-container": (workload, size) =>
    hosted(workload, size, { endpoints: 1, memoryMb: workload.memoryMb * workload.frameworks, queued: false }),
  "inference-pipeline": (workload, size) =>
    hosted(workload, size, { endpoints: 1, memoryMb: workload.memoryMb * workload.steps, queued: false }),
  "batch-transform": job,
};

/** The type whose instances cost least, priced. Rates alone tell which it is; only that one is priced in full. */
function cheapest(option: InferenceOption, workload: Workload, book: PriceBook, today: Date): OptionCost | undefined {
  const build = ON_INSTANCES[option];
  const rates = new Rates(book, workload.region);
  const volume = rates.one("AmazonSageMaker", "Host:VolumeUsage.gp2")?.toNumber() ?? 0;
  const fitting = INSTANCE_SIZES.filter(({ gpus }) => gpus > 0 === workload.gpu).flatMap((size) => {
    const fitted = build?.(workload, size);
    const hour = rates.one("AmazonSageMaker", `${USAGE[option] ?? SageMakerUsage.Hosting}:${size.type}`)?.toNumber();
    if (fitted === undefined || hour === undefined) return [];
    return [{ ...fitted, size, usd: fitted.hours * hour + (fitted.instances?.expected ?? 0) * VOLUME_GB * volume }];
  });
  const [best] = fitting.sort((a, b) => a.usd - b.usd);
  const monthly = best && priced(best.stack(), book, today);
  if (best === undefined || monthly === undefined) return undefined;
  const { instances, how, size } = best;
  return { monthly, instanceType: size.type, ...(instances && { instances }), assumptions: [how()] };
}

/** Usage types of instances that are not hosted. */
const USAGE: Readonly<Partial<Record<InferenceOption, SageMakerUsage>>> = {
  [InferenceOption.Async]: SageMakerUsage.AsyncHosting,
  [InferenceOption.BatchTransform]: SageMakerUsage.BatchTransform,
};

interface Hosted {
  /** Endpoints that share the traffic out. */
  readonly endpoints: number;
  /** Memory of all that stands on an instance. */
  readonly memoryMb: number;
  readonly queued: boolean;
  readonly room?: number;
}

function hosted(workload: Workload, size: InstanceSize, { endpoints, memoryMb, queued, room = 1 }: Hosted) {
  if (memoryMb > size.memoryMb) return undefined;
  const workers = size.gpus || size.vcpus;
  const least = queued && workload.latencyMs >= TO_NOTHING_MS ? 0 : 1;
  const one = instancesFor(workload, { workers, least, share: 1 / endpoints, room });
  const instances = { low: one.low * endpoints, expected: one.expected * endpoints, high: one.high * endpoints };
  const worker = workload.gpu ? "for each GPU" : "for each vCPU";
  const each = endpoints === 1 ? "" : ` on ${endpoints} endpoints`;
  const idle = least === 0 ? ", none while nothing is asked" : "";
  const use = `one request at a time ${worker}, ${TARGET_USE * 100} % in use while there is traffic`;
  return {
    stack: () => instancesStack(workload, { type: size.type, instances, queued }),
    instances,
    hours: instances.expected * HOURS_PER_MONTH,
    how: () => `${number(instances.expected)} ${size.type} on average${each}${idle}: ${use}`,
  };
}

function job(workload: Workload, size: InstanceSize) {
  if (workload.memoryMb > size.memoryMb) return undefined;
  const hours = (meanBusy(workload) * HOURS_PER_MONTH) / (size.gpus || size.vcpus);
  const { models } = workload;
  const minutes = (hours * 60) / (RUNS_PER_MONTH * models);
  const { low, expected, high } = JOB_START_MINUTES;
  // Which instances share the work changes when it is over, not what is paid.
  const range = Range.of(minutes + low, minutes + expected, minutes + high);
  const jobs = models === 1 ? "one job a day with" : `${models} jobs a day, each with`;
  const how = () =>
    `${jobs} ${durationText(minutes * 60_000)} of work of ${size.type}, and ${expected} minutes (${low} to ${high}) of start that are assumed`;
  const starts = (expected / 60) * RUNS_PER_MONTH * models;
  return { stack: () => jobStack(workload, size.type, range), hours: hours + starts, how };
}

/** A month of a stack; undefined when the book lacks a price of what the option is made of. */
function priced({ graph, usage }: OptionStack, book: PriceBook, today: Date): Range | undefined {
  const { total, items, notPriced } = priceGraph(graph, book, usage, today);
  const lacks = notPriced.some(({ reason, what }) => reason === NotPricedReason.NoPrice && !SMALL.test(what));
  return items.length === 0 || lacks ? undefined : total;
}

/** Charges beside the main one, without which a figure still says something. */
const SMALL = /^(bytes|volumes)/;
