import { availableParallelism } from "node:os";
import { inParallel } from "../../../contracts/inParallel";
import type { RunSummary } from "../../../contracts/runSummary";
import { LocalFunction } from "../../local/lambda/localFunction";
import { LocalClassifier } from "../../local/localClassifier";
import type { ClassifiedPicture } from "../classifiedPicture";
import { type ClassifiedAnswer, ClassifierClient } from "../classifierClient";
import { hostileRequests } from "../hostileRequests";
import type { JobContext, JobPart } from "../jobPart";
import { type LabelledPicture, labelledPictures } from "../labelledPictures";
import { QueuedPictures } from "../queuedPictures";
import { percentile, rounded } from "../readings";

/** Share of the pictures in percent that must get their own label first. */
const LEAST_CORRECT_PERCENT = 90;

/** Seconds for which the warm function is measured. */
const MEASURED_SECONDS = 1.5;

type ClassifyFigures = NonNullable<RunSummary["classify"]>;

const NOTHING_CLASSIFIED: ClassifyFigures = {
  pictures: 0,
  correct: 0,
  requests: 0,
  perSecond: 0,
  p50Ms: 0,
  p99Ms: 0,
  coldMs: 0,
  refused: 0,
};

/**
 * Classifies pictures that the model has not seen, one by one and through the queue, holds the answers against their labels
 * and against each other, and tries what must be refused.
 */
export const classifyPart: JobPart<"classify"> = {
  name: "classify",
  budgetSeconds: 5,

  async run(context) {
    const [classifier] = context.plane.all(LocalClassifier);
    const pictures = classifier && (await labelledPictures(classifier));
    if (classifier === undefined || pictures === undefined || pictures.length === 0) {
      return { line: "no classifier with pictures beside its model", figures: NOTHING_CLASSIFIED, failures: [] };
    }
    const { name } = classifier.entry;
    const failures: string[] = [];
    try {
      const { figures, classified } = await classify(context, classifier, pictures, failures);
      const line = `${figures.correct} of ${figures.pictures} pictures right by ${name}: cold ${figures.coldMs} ms; warm ${figures.perSecond}/s, p50 ${figures.p50Ms} ms, p99 ${figures.p99Ms} ms; ${figures.refused} hostile requests refused`;
      return { line, figures, failures, classified };
    } catch (error) {
      failures.push(`${name}: ${error instanceof Error ? error.message : error}`);
      return { line: `${name} failed`, figures: NOTHING_CLASSIFIED, failures };
    }
  },
};

async function classify(
  { plane, progress }: JobContext,
  { entry, functionName }: LocalClassifier,
  pictures: readonly LabelledPicture[],
  failures: string[],
): Promise<{ readonly figures: ClassifyFigures; readonly classified: readonly ClassifiedPicture[] }> {
  const manifest = plane.manifest();
  const client = new ClassifierClient(entry, manifest);
  progress(`${entry.name}: cold`);
  const [first] = pictures;
  const began = performance.now();
  if (first !== undefined) await client.post(first.bytes);
  const coldMs = performance.now() - began;
  await Promise.all(
    plane
      .all(LocalFunction)
      .filter(({ settings }) => settings.name === functionName)
      .map((lambda) => lambda.warm()),
  );
  progress(`${entry.name}: ${pictures.length} pictures`);
  const answers = new Map<string, ClassifiedAnswer>();
  await inParallel(pictures, availableParallelism(), async ({ name, bytes }) => {
    answers.set(name, await client.post(bytes));
  });
  for (const { name } of pictures) {
    const problem = answers.get(name)?.problem;
    if (problem !== undefined) failures.push(`${name}: ${problem}`);
  }
  const right = pictures.filter(({ name, label }) => answers.get(name)?.labels[0]?.label === label);
  if (right.length * 100 < pictures.length * LEAST_CORRECT_PERCENT) {
    failures.push(
      `${right.length} of ${pictures.length} pictures are right; at least ${LEAST_CORRECT_PERCENT} % must be`,
    );
  }
  const hostile = await hostileRequests(client, manifest);
  failures.push(...hostile.failures);
  progress(`${entry.name}: queue`);
  // Half of them say as much: two of each four in the list's order, so that every label and format is among them.
  const half = pictures.filter((_, index) => index % 4 < 2);
  const queued = await QueuedPictures.classify(entry, manifest, half, answers);
  failures.push(...queued.failures);
  const measured = await measure(client, pictures, progress);
  const figures = {
    pictures: pictures.length,
    correct: right.length,
    requests: client.requests,
    perSecond: rounded(measured.latencies.length / measured.seconds),
    p50Ms: rounded(percentile(measured.latencies, 0.5)),
    p99Ms: rounded(percentile(measured.latencies, 0.99)),
    coldMs: rounded(coldMs),
    refused: hostile.refused + queued.refused,
  };
  return {
    figures,
    classified: pictures.map((picture) => ({ ...picture, answered: answers.get(picture.name)?.labels[0] })),
  };
}

/** Asks again and again from as many callers as there are processors. */
async function measure(
  client: ClassifierClient,
  pictures: readonly LabelledPicture[],
  progress: (text: string) => void,
): Promise<{ readonly latencies: readonly number[]; readonly seconds: number }> {
  const latencies: number[] = [];
  const started = performance.now();
  const caller = async (offset: number): Promise<void> => {
    for (let turn = offset; performance.now() - started < MEASURED_SECONDS * 1000; turn++) {
      const picture = pictures[turn % pictures.length];
      if (picture === undefined) return;
      const asked = performance.now();
      await client.post(picture.bytes);
      latencies.push(performance.now() - asked);
      progress(`measuring: ${latencies.length} answers`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, (_, index) => caller(index)));
  return { latencies, seconds: (performance.now() - started) / 1000 };
}
