import type { PriceBook } from "../../cli/pricing/book/priceBook";
import { COLD_SHARE, SEED, slowestAllowed, useOf } from "./bounds";
import { type Measured, ms } from "./measure";
import { requestCosts, requestsPerDollar } from "./requestCosts";

/** Rows of times: a memory a row. */
export function timeTable(measured: readonly Measured[]): string {
  const rows = measured.map(({ memoryMb, vcpus, coldMs, warmMs, cpuMs, rssMb }) => {
    const cells = [memoryMb, vcpus.toFixed(2), ms(coldMs, 0.5), ms(coldMs, 0.99), ms(warmMs, 0.5), ms(warmMs, 0.99)];
    return `| ${[...cells, cpuMs.toFixed(0), rssMb.toFixed(0)].join(" | ")} |`;
  });
  return [
    "| memory, MB | vCPUs | cold p50, ms | cold p99 | warm p50, ms | warm p99 | CPU ms, warm | process, MB |",
    "|---:|---:|---:|---:|---:|---:|---:|---:|",
    ...rows,
  ].join("\n");
}

/** Rows of costs: a memory and a front a row. */
export function costTable(measured: readonly Measured[], book: PriceBook): string {
  const parts = Object.keys(measured[0] === undefined ? {} : requestCosts(useOf(measured[0], true), book));
  const rows = measured.flatMap((one) =>
    [true, false].map((httpApi) => {
      const costs = requestCosts(useOf(one, httpApi), book);
      const perDollar = requestsPerDollar(costs);
      const cells = parts.map((part) => ((costs[part] ?? 0) * 1e6).toFixed(3));
      const times = [SEED.perDollar.low, SEED.perDollar.high].map((seed) => (perDollar / seed).toFixed(1));
      const slower = slowestAllowed(one, httpApi, book).toFixed(2);
      return `| ${[one.memoryMb, httpApi ? "HTTP API" : "function URL", ...cells, Math.round(perDollar), ...times, slower].join(" | ")} |`;
    }),
  );
  const heads = parts.map((part) => `${part}, $ per million`);
  const compared = [`times ${SEED.perDollar.low}`, `times ${SEED.perDollar.high}`, "may be slower by"];
  return [
    `| ${["memory, MB", "front", ...heads, "requests per $", ...compared].join(" | ")} |`,
    `|---:|---|${"---:|".repeat(parts.length + 1 + compared.length)}`,
    ...rows,
  ].join("\n");
}

/**
 * 32-bit operations that a core of Graviton2, which Lambda runs arm64 on, does in a second at the most: 2.5 GHz
 * (github.com/aws/aws-graviton-getting-started) × two pipes of 128 bits × a multiplication and an addition (Arm Neoverse N1
 * Software Optimization Guide).
 */
const GRAVITON2_OPERATIONS = 2.5e9 * 2 * 4 * 2;

/**
 * What cannot be beaten there with 32 bits: a request that takes the network's operations at the core's peak, and no time
 * besides.
 */
export function gravitonNote(measured: Measured, multiplyAdds: number, book: PriceBook): string {
  const warmMs = ((multiplyAdds * 2) / GRAVITON2_OPERATIONS / Math.min(1, measured.vcpus)) * 1000;
  const times = [true, false].map((httpApi) => {
    const perDollar = requestsPerDollar(requestCosts({ ...useOf(measured, httpApi, 0), warmMs }, book));
    return `${(perDollar / SEED.perDollar.high).toFixed(1)} times ${httpApi ? "with an HTTP API" : "with a function URL"}`;
  });
  const peak = (GRAVITON2_OPERATIONS / 1e9).toFixed(0);
  return `Graviton2 at its peak, ${peak} billion 32-bit operations a second and core, would take ${warmMs.toFixed(0)} ms for the network at ${measured.memoryMb} MB: at most ${times.join(", ")} the seed's ${SEED.perDollar.high}.`;
}

/** What the costs assume, in a sentence. */
export function costNote(): string {
  return `Costs: one request in ${Math.round(1 / COLD_SHARE)} is cold.`;
}
