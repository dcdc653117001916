import type { GraphResource } from "../../../contracts/graph";
import { SERVICE_LIMITS } from "../../../contracts/serviceLimits";
import { inputAt, numberAt, textAt } from "../../quotas/graphInput";
import { type ChargeOrNot, GB, HOURS_PER_MONTH } from "../charge";
import { Decimal } from "../decimal";
import type { PricedStack } from "../pricedStack";
import { Range } from "../range";
import { runsPerMonth } from "../runsPerMonth";
import { imageMilliseconds, imageRequests } from "./imageDeliveries";
import type { PricedKind } from "./pricedKind";

/** Memory of a function that names none, in MB (API_CreateFunction). */
const DEFAULT_MEMORY_MB = 128;

/** Storage below /tmp that is not charged, in MB. */
const FREE_STORAGE_MB = 512;

/** A function: requests, duration, storage above 512 MB, and what is read over the internet through its URL. */
export const lambdaFunction: PricedKind = {
  types: ["aws:lambda/function:Function"],
  charges(resource, stack): readonly ChargeOrNot[] {
    const memory = memoryOf(resource);
    const { requests, milliseconds, answered } = work(resource, stack, memory);
    const seconds = milliseconds.over(1000);
    const gbSeconds = seconds.times(memory.over(1024));
    const arm = architecture(resource);
    const storage = numberAt(inputAt(resource.inputs, "ephemeralStorage"), "size") ?? FREE_STORAGE_MB;
    const service = "AWSLambda";
    return [
      { what: "requests", service, ...usage("Request", arm), quantity: requests, basis: "per-use" },
      { what: "duration", service, ...usage("Lambda-GB-Second", arm), quantity: gbSeconds, basis: "per-use" },
      ...(storage > FREE_STORAGE_MB
        ? [
            {
              what: "ephemeral storage above 512 MB",
              service,
              ...usage("Lambda-Storage-GB-Second", arm),
              quantity: seconds.times((storage - FREE_STORAGE_MB) / 1024),
              basis: "per-use" as const,
            },
          ]
        : []),
      ...(answered.isZero
        ? []
        : [
            {
              what: "bytes read over the internet",
              service: "AWSDataTransfer",
              usageType: "DataTransfer-Out-Bytes",
              quantity: answered
                .times(stack.usage.images.derivedBytes)
                .times(stack.usage.images.internetShare)
                .over(GB),
              basis: "per-use" as const,
            },
          ]),
      ...(textAt(inputAt(resource.inputs, "tracingConfig"), "mode") === "Active"
        ? [
            {
              what: "traces",
              service: "AWSXRay",
              usageType: "XRay-TracesStored",
              quantity: sampled(requests),
              basis: "per-use" as const,
            },
          ]
        : []),
    ];
  },
};

/** Requests of a second after the first of which X-Ray's default rule records a trace. */
const SAMPLED_SHARE = Decimal.of(0.05);

/**
 * Traces of requests by X-Ray's default rule: the first of each second, and 5 % of the others
 * (docs.aws.amazon.com/xray/latest/devguide/xray-console-sampling.html). Expected are requests that are spread evenly,
 * of which it records the most; the low case has them all at once.
 */
function sampled(requests: Range): Range {
  const seconds = Decimal.of(HOURS_PER_MONTH * 3600);
  const most = (all: Decimal): Decimal =>
    all.compare(seconds) <= 0 ? all : seconds.plus(all.minus(seconds).times(SAMPLED_SHARE));
  return Range.of(requests.low.times(SAMPLED_SHARE), most(requests.expected), most(requests.high));
}

interface Work {
  readonly requests: Range;
  /** Of all requests together. */
  readonly milliseconds: Range;
  /** Reads answered through the URL. */
  readonly answered: Range;
}

function work(resource: GraphResource, stack: PricedStack, memory: Range): Work {
  const images = imageRequests(resource, stack);
  if (images) {
    const { changesPerInvocation } = stack.usage.images;
    const reads = images.url.plus(images.objectLambda);
    const requests = stack.quantity(
      resource,
      "requests",
      reads.plus(images.changes.times(changesPerInvocation.inverse())),
    );
    const each = stack.quantity(resource, "milliseconds", imageMilliseconds(stack, memory));
    return { requests, milliseconds: reads.plus(images.changes).times(each), answered: images.url };
  }
  const requests = stack.quantity(resource, "requests", calls(resource, stack));
  const each = stack.quantity(resource, "milliseconds", stack.usage.functions.milliseconds);
  return { requests, milliseconds: requests.times(each), answered: Range.ZERO };
}

/** Requests by the schedules that name the function; the default when nothing of the stack calls it. */
function calls(resource: GraphResource, stack: PricedStack): Range {
  const schedules = stack.dependents(resource, "aws:scheduler/schedule:Schedule");
  const known = schedules.map(({ inputs }) => runsPerMonth(textAt(inputs, "scheduleExpression") ?? ""));
  if (known.length === 0)
    return stack.parentOf(resource, "frugal-ml:index:TrainingFleet")
      ? stack.usage.training.runsPerMonth
      : stack.usage.functions.requests;
  return Range.sum(known.map((runs) => (runs === undefined ? stack.usage.functions.requests : Range.exactly(runs))));
}

/** Memory of a function in MB; any that Lambda has where it is not known, or is none that Lambda takes. */
export function memoryOf({ inputs }: GraphResource): Range {
  const given = inputs["memorySize"];
  if (given === undefined) return Range.exactly(DEFAULT_MEMORY_MB);
  const { min, max } = SERVICE_LIMITS.lambda.memoryMb;
  const known = typeof given === "number" && given >= min && given <= max;
  return known ? Range.exactly(given) : Range.of(min, 1024, max);
}

type Architecture = "arm64" | "x86_64" | "unknown";

/** Processor that a function runs on: x86 when it names none. */
export function architecture({ inputs }: GraphResource): Architecture {
  const given = inputs["architectures"];
  if (given === undefined) return "x86_64";
  const [first] = Array.isArray(given) ? given : [];
  return first === "arm64" || first === "x86_64" ? first : "unknown";
}

/** Usage types of a function's price: by its processor, or either where that is not known. */
export function usage(usageType: string, architecture: Architecture): { usageType: string; or?: readonly string[] } {
  if (architecture === "arm64") return { usageType: `${usageType}-ARM` };
  return architecture === "x86_64" ? { usageType } : { usageType, or: [`${usageType}-ARM`] };
}
