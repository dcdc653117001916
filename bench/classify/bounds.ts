import type { PriceBook } from "../../cli/pricing/book/priceBook";
import type { Bound } from "../fleet/bounds";
import { type Measured, mean } from "./measure";
import { type RequestUse, requestCosts, requestsPerDollar } from "./requestCosts";

/** What the seed reports: requests for a dollar, and seconds of a cold and of a warm request at its memory. */
export const SEED = {
  memoryMb: 1536,
  perDollar: { low: 20_000, high: 25_000 },
  coldSeconds: 4.5,
  warmSeconds: 3,
} as const;
/** How many times the seed's requests per dollar. */
export const TIMES_SEED = 5;
/** Part of the requests that start an instance, in the tables. */
export const COLD_SHARE = 0.01;

/** What a request of a measured function takes. */
export function useOf(measured: Measured, httpApi: boolean, coldShare = COLD_SHARE): RequestUse {
  const { memoryMb, warmMs, coldMs, logBytes, answerBytes } = measured;
  return { memoryMb, warmMs: mean(warmMs), coldMs: mean(coldMs), coldShare, logBytes, answerBytes, httpApi };
}

/**
 * What is asked: requests per dollar on the seed's network, with an HTTP API and all charges. Of a second vCPU one picture
 * makes too little to be worth its price.
 */
export function costBounds(measured: readonly Measured[], book: PriceBook): Bound[] {
  return measured
    .filter(({ vcpus }) => vcpus <= 1)
    .map((one) => ({
      name: `requests per dollar at ${one.memoryMb} MB with an HTTP API, over the seed's ${SEED.perDollar.high}`,
      value: requestsPerDollar(requestCosts(useOf(one, true), book)) / SEED.perDollar.high,
      least: TIMES_SEED,
    }));
}

/**
 * How much slower than here a function's processor may be until a dollar pays for no more than is asked: the milliseconds
 * of duration that are left for the rest of the charges, over those that were measured.
 */
export function slowestAllowed(measured: Measured, httpApi: boolean, book: PriceBook): number {
  const { duration = 0, ...rest } = requestCosts(useOf(measured, httpApi), book);
  const others = Object.values(rest).reduce((sum, cost) => sum + cost, 0);
  return (1 / (SEED.perDollar.high * TIMES_SEED) - others) / duration;
}
