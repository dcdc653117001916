import * as z from "zod";

/** Steps that every request asks for. */
export const PERIOD = 14;

/** Body of every invocation. */
export const QUESTION = JSON.stringify({ period: PERIOD });

const numbers = z.array(z.number()).length(PERIOD);

const answerSchema = z.object({
  customer: z.string().min(1),
  timestamps: z.array(z.iso.datetime()).length(PERIOD),
  mean: numbers,
  lower: numbers,
  upper: numbers,
  interval: z.number().gt(0).lt(1),
});

/**
 * Checks that an answer is a forecast of the steps that were asked for.
 * @returns the bytes of its body
 * @throws Error for another status, and with everything that is wrong with its body
 */
export async function checkedBytes(server: string, response: Response): Promise<number> {
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${server} answered ${response.status}: ${text.slice(0, 500)}`);
  const { timestamps, mean, lower, upper } = answerSchema.parse(JSON.parse(text));
  const ascending = timestamps.every((time, at) => at === 0 || Date.parse(time) > Date.parse(timestamps[at - 1] ?? ""));
  const ordered = mean.every((value, at) => (lower[at] ?? 0) <= value && value <= (upper[at] ?? 0));
  if (!ascending || !ordered) throw new Error(`${server} answered no forecast: ${text.slice(0, 500)}`);
  return Buffer.byteLength(text);
}
