import type { BreakEven } from "../chooser/breakEven";
import type { Choice } from "../chooser/choose";
import type { OutReason } from "../chooser/optionReasons";
import { bytesText, durationText, number } from "../chooser/words";
import { staleSentences } from "./priceWords";

const DAYS_PER_MONTH = 730 / 24;

/** What was asked, with everything that was assumed, in short sentences. */
export function workloadSentences({ workload }: Choice): readonly string[] {
  const { payloadBytes, answerBytes, durationMs, latencyMs, requestsPerMonth, pattern, peakFactor } = workload;
  const { memoryMb, models, activeShare, frameworks, steps, gpu, vpc, onnx, region } = workload;
  const traits = [gpu && "needs a GPU", vpc && "in a VPC", onnx && "runs in ONNX Runtime"].filter(
    (one) => one !== false,
  );
  return [
    `requests of ${bytesText(payloadBytes)}, answers of ${bytesText(answerBytes)}; ${durationText(durationMs)} each, answered within ${durationText(latencyMs)}`,
    `${number(requestsPerMonth / DAYS_PER_MONTH)} requests a day, ${pattern}${peakFactor === 1 ? ": as many in every hour" : `: all of them in a month's 1/${number(peakFactor)}, ${number(peakFactor)} times the average`}`,
    `${number(memoryMb)} MB for a container${models > 1 ? `, ${models} models, ${number(activeShare * 100)} % of them at the same time` : ""}${frameworks > 1 ? `, ${frameworks} frameworks` : ""}${steps > 1 ? `, ${steps} steps` : ""}${traits.length > 0 ? `, ${traits.join(", ")}` : ""}; prices of ${region}`,
  ];
}

/** A reason with where it is documented. */
export function reasonText({ text, pages, readOn }: OutReason): string {
  return pages.length === 0 ? text : `${text} (${pages.join(", ")}, read ${readOn})`;
}

/** A break-even in words. */
export function breakEvenText({ below, above, requestsPerMonth }: BreakEven): string {
  const day = number(requestsPerMonth / DAYS_PER_MONTH);
  return `${below} costs less below ${day} requests a day, ${above} above`;
}

/** How far to trust the prices. */
export function bookSentence({ book }: Choice): string {
  const figures = "Figures are of a month of 730 hours, before taxes, discounts, Savings Plans and free tiers";
  return [`${figures}; prices are of ${book.date}, ${book.ageInDays} days old.`, ...staleSentences(book)].join(" ");
}
