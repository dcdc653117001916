import { GB } from "../charge";
import { Decimal } from "../decimal";
import type { Usage } from "../usage/usage";
import { at, type Figures, type Rates, sumOf } from "./rates";
import { type Alternative, CASES, type Case, type Comparison } from "./savings";

/** vCPUs of the machines that are compared: all of the xlarge size of these families have four. */
const VCPUS = 4;

/** Images that the costs are for. */
const IMAGES = 1000;

/** Requests of S3 for a derived copy, beside its reads: the original is read, the copy written. */
const QUEUE_REQUESTS = 3;

interface Work extends Figures<Usage["images"]> {
  /** Reads of each image. */
  readonly reads: Decimal;
  /** Milliseconds of one image in a function of the memory that is compared. */
  readonly functionMs: Decimal;
  readonly memoryGb: Decimal;
}

/**
 * Normalising 1,000 images that are each read as often as the usage says: by a function while they are read, once by a
 * function or a processing job, or on the training machine in every epoch. Storing and reading originals is the same for
 * all and left out; a derived copy's storage, write and reads are not.
 * @param memoryMb memory of the function
 */
export function comparePreprocessing(usage: Usage, rates: Rates, memoryMb: number): Comparison {
  const ways = [
    atRead("function at read, Graviton", "Request-ARM", "Lambda-GB-Second-ARM", true),
    atRead("function at read, x86", "Request", "Lambda-GB-Second", false),
    objectLambda,
    onceByFunction,
    onceByJob("ml.m5.xlarge"),
    onceByJob("ml.c5.xlarge"),
    onTrainer("ml.g4dn.xlarge"),
    onTrainer("ml.g5.xlarge"),
  ];
  const alternatives = ways.map((way): Alternative => {
    const costs = CASES.map((one): readonly [Case, Decimal | undefined] => {
      const work = workOf(usage, one, memoryMb);
      return [one, at(way.cost(rates, work), IMAGES)];
    });
    return { name: way.name, how: way.how, ours: way.ours, usd: complete(costs) };
  });
  const expected = workOf(usage, "expected", memoryMb);
  return {
    title: "Normalising images",
    unit: `${IMAGES.toLocaleString("en-US")} images, each read ${expected.reads} times`,
    alternatives,
    notes: [...standing(alternatives), ...breakEvens(rates, expected), ...foundations(rates, memoryMb)],
  };
}

interface Way {
  readonly name: string;
  readonly how: string;
  readonly ours: boolean;
  /** Cost of one image in a month; undefined without a price. */
  readonly cost: (rates: Rates, work: Work) => Decimal | undefined;
}

function workOf({ images }: Usage, one: Case, memoryMb: number): Work {
  const figures = {
    ...pick(images, one),
    reads: images.epochs[one].times(images.readers[one]),
  };
  const slower = Decimal.of(Math.max(1, 1769 / memoryMb));
  return {
    ...figures,
    functionMs: figures.waitMilliseconds.plus(figures.cpuMilliseconds.times(slower)),
    memoryGb: Decimal.of(memoryMb).over(Decimal.of(1024)),
  };
}

function pick(images: Usage["images"], one: Case): Figures<Usage["images"]> {
  // The keys are those of the group, which the type cannot follow through entries.
  return Object.fromEntries(Object.entries(images).map(([name, range]) => [name, range[one]])) as Figures<
    Usage["images"]
  >;
}

/** One execution for one image: its request and its GB-seconds. */
function execution(
  rates: Rates,
  { functionMs, memoryGb }: Work,
  request: string,
  duration: string,
): Decimal | undefined {
  const gbSeconds = functionMs.times(memoryGb).over(Decimal.of(1000), 20);
  return sumOf(rates.one("AWSLambda", request), at(rates.one("AWSLambda", duration), gbSeconds));
}

function atRead(name: string, request: string, duration: string, ours: boolean): Way {
  return {
    name,
    how: "request and GB-seconds for every read, and a read of the original",
    ours,
    cost: (rates, work) =>
      at(sumOf(execution(rates, work, request, duration), rates.one("AmazonS3", "Requests-Tier2")), work.reads),
  };
}

const objectLambda: Way = {
  name: "S3 Object Lambda, Graviton",
  how: "as at read, and the bytes that it returns; closed to new customers",
  ours: false,
  cost: (rates, work) =>
    at(
      sumOf(
        execution(rates, work, "Request-ARM", "Lambda-GB-Second-ARM"),
        rates.one("AmazonS3", "Requests-Tier2"),
        at(rates.one("AmazonS3", "S3-ObjectLambda-Bytes-Returned"), work.derivedBytes.over(Decimal.of(GB), 20)),
      ),
      work.reads,
    ),
};

const onceByFunction: Way = {
  name: "once, by the function (derived copies)",
  how: "one execution, three requests to the queue, the copy's write, storage and reads",
  ours: true,
  cost: (rates, work) =>
    sumOf(
      execution(rates, work, "Request-ARM", "Lambda-GB-Second-ARM"),
      at(rates.one("AWSQueueService", "Requests-Tier1"), QUEUE_REQUESTS),
      copyKept(rates, work),
    ),
};

function onceByJob(instanceType: string): Way {
  return {
    name: `once, by a processing job on ${instanceType}`,
    how: "CPU on four vCPUs that are all busy, without start-up; the copy's write, storage and reads",
    ours: false,
    cost: (rates, work) =>
      sumOf(at(vcpuMillisecond(rates, `Processing:${instanceType}`), work.cpuMilliseconds), copyKept(rates, work)),
  };
}

function onTrainer(instanceType: string): Way {
  return {
    name: `on the training machine, ${instanceType}`,
    how: "CPU on its four vCPUs in every epoch while its accelerator waits, and a read of the original",
    ours: false,
    cost: (rates, work) =>
      at(
        sumOf(
          at(vcpuMillisecond(rates, `Train:${instanceType}`), work.cpuMilliseconds),
          rates.one("AmazonS3", "Requests-Tier2"),
        ),
        work.reads,
      ),
  };
}

/** A derived copy for as long as a month's images are kept: read once from the original, written, stored, read. */
function copyKept(rates: Rates, work: Work): Decimal | undefined {
  const gbMonths = work.derivedBytes.times(work.storedMonths).over(Decimal.of(GB), 20);
  return sumOf(
    rates.one("AmazonS3", "Requests-Tier1"),
    at(rates.one("AmazonS3", "TimedStorage-ByteHrs"), gbMonths),
    at(rates.one("AmazonS3", "Requests-Tier2"), work.reads.plus(Decimal.of(1))),
  );
}

function vcpuMillisecond(rates: Rates, usageType: string): Decimal | undefined {
  return rates.one("AmazonSageMaker", usageType)?.over(Decimal.of(VCPUS * 3_600_000), 20);
}

/** Which way is the cheapest as expected, and how much more ours costs where it is not. */
function standing(alternatives: readonly Alternative[]): readonly string[] {
  const byCost = (ways: readonly Alternative[]): { readonly name: string; readonly cost: Decimal } | undefined =>
    ways
      .flatMap(({ name, usd }) => (usd ? [{ name, cost: usd.expected }] : []))
      .sort((a, b) => a.cost.compare(b.cost))[0];
  const [best, ours] = [byCost(alternatives), byCost(alternatives.filter((one) => one.ours))];
  if (best === undefined || ours === undefined || best.cost.isZero) return [];
  if (best.name === ours.name) return [`As expected, the cheapest is ours: ${ours.name}.`];
  const more = ours.cost.over(best.cost, 4).toNumber() - 1;
  return [
    `As expected we lose: ${best.name} is the cheapest, and ours, ${ours.name}, costs ${Math.round(more * 100)} % more.`,
  ];
}

/** From how many reads of an image it is cheaper to make a copy once. */
function breakEvens(rates: Rates, work: Work): readonly string[] {
  const read = execution(rates, work, "Request-ARM", "Lambda-GB-Second-ARM");
  const copyOf = (way: Way): Decimal | undefined => way.cost(rates, { ...work, reads: Decimal.ZERO });
  const from = (way: Way): readonly string[] => {
    const once = copyOf(way);
    if (read === undefined || once === undefined || read.isZero) return [];
    return [`From ${once.over(read, 1)} reads of an image it is cheaper ${way.name} than by the function at read.`];
  };
  const function1769 = rates.one("AWSLambda", "Lambda-GB-Second-ARM")?.times(Decimal.of((1769 / 1024) * 3600));
  const job = rates.one("AmazonSageMaker", "Processing:ml.m5.xlarge")?.over(Decimal.of(VCPUS));
  const train = rates.one("AmazonSageMaker", "Train:ml.g4dn.xlarge")?.over(Decimal.of(VCPUS));
  return [
    ...from(onceByFunction),
    ...from(onceByJob("ml.m5.xlarge")),
    ...(function1769 && job
      ? [
          `An hour of a vCPU costs $${function1769.toString(4)} in a function on Graviton (1,769 MB) and $${job.toString(4)} in a processing job on ml.m5.xlarge: ${job.compare(function1769) < 0 ? "for work that fills whole machines the job wins, and so the function loses" : "the function wins even where whole machines are filled"}.`,
        ]
      : []),
    ...(function1769 && train
      ? [
          `On ml.g4dn.xlarge it costs $${train.toString(4)}; where the accelerator is busy anyway and its CPUs keep up, preprocessing there costs nothing more, and every other way loses.`,
        ]
      : []),
  ];
}

function foundations(rates: Rates, memoryMb: number): readonly string[] {
  const derived = rates.derived;
  return [
    `The function has ${memoryMb.toLocaleString("en-US")} MB. Milliseconds are the same for Graviton and x86, since those of Graviton were not measured: only prices differ.`,
    "Jobs and training machines are reckoned without start-up and idle time, which favours them.",
    ...(derived.length > 0 ? [`Derived, not read: ${derived.join(", ")}.`] : []),
  ];
}

function complete(costs: readonly (readonly [Case, Decimal | undefined])[]): Alternative["usd"] {
  const [low, expected, high] = costs.map(([, cost]) => cost);
  return low && expected && high ? { low, expected, high } : undefined;
}
