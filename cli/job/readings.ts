/** Nearest-rank percentile of some values, 0 for none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

/** A figure with two decimals. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
