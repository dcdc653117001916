import type { Prediction } from "../fitFunction";
import { Form } from "./exchangeFormat";
import { type ForecastQuery, readQuery } from "./forecastQuery";
import type { ServedModel } from "./servedModel";
import { invalidRequest, ServingError } from "./servingError";
import { futureTimeline, type Timeline, timelineOf } from "./timeline";

/** Share of a normal distribution within the interval. */
const INTERVAL = 0.8;

/**
 * Answers one request of a model.
 * @param text body of the request
 * @returns body of the answer, in ASCII
 * @throws ServingError with everything that is wrong; anything else is the model's failure
 */
export function forecastAnswer(model: ServedModel, text: string, asked: Form, answered: Form): string {
  const query = readQuery(text, asked);
  const timeline = "period" in query ? futureTimeline(model.axis, query.period) : timelineOf(query.times);
  if (timeline === undefined) {
    const allowed = "a period that ends before the year 275760";
    throw invalidRequest([{ property: "period", given: given(query), allowed }]);
  }
  const { mean, lower, upper } = model.predictor.predict(timeline.times);
  assertFinite(query, timeline.times.length, { mean, lower, upper });
  if (answered === Form.Csv) return csv(timeline, { mean, lower, upper });
  return `${model.opening}${timeline.json},"mean":[${list(mean)}],"lower":[${list(lower)}],"upper":[${list(upper)}],"interval":${INTERVAL}}`;
}

/** Numbers with commas between them. */
function list(numbers: Float64Array): string {
  const { length } = numbers;
  // V8 keeps the texts of numbers, but writes new ones twice as fast as JSON: a constant is best joined, a forecast not.
  if (numbers[0] === numbers[length - 1]) return numbers.join(",");
  const plain = new Array<number>(length);
  for (let i = 0; i < length; i++) plain[i] = numbers[i] as number;
  return JSON.stringify(plain).slice(1, -1);
}

function csv({ texts }: Timeline, { mean, lower, upper }: Prediction): string {
  let text = "timestamp,mean,lower,upper\n";
  for (let i = 0; i < texts.length; i++) text += `${texts[i]},${mean[i]},${lower[i]},${upper[i]}\n`;
  return text;
}

/** A trend that grows exponentially leaves what numbers can say, if one only asks far enough ahead. */
function assertFinite(query: ForecastQuery, count: number, { mean, lower, upper }: Prediction): void {
  if (mean.length !== count || lower.length !== count || upper.length !== count) {
    throw invalidPrediction(`the model predicted ${mean.length} of ${count} times`);
  }
  for (let i = 0; i < count; i++) {
    // Differences of finite numbers may overflow, so each is asked.
    if (Number.isFinite(mean[i]) && Number.isFinite(lower[i]) && Number.isFinite(upper[i])) continue;
    if (!("period" in query)) {
      throw invalidRequest([
        { property: `timestamps[${i}]`, given: "a time", allowed: "times that the model has a finite number for" },
      ]);
    }
    if (i === 0) throw invalidPrediction("the model predicted no finite number for the next step");
    const allowed = `1 to ${i}: beyond that the model has no finite number`;
    throw invalidRequest([{ property: "period", given: given(query), allowed }]);
  }
}

function given(query: ForecastQuery): string {
  return "period" in query ? String(query.period) : `${query.times.length} timestamps`;
}

function invalidPrediction(message: string): ServingError {
  return new ServingError(500, "InvalidPrediction", message);
}
