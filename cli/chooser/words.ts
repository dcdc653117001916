const KB = 1024;

/** Bytes in words: `6 MB`. */
export function bytesText(bytes: number): string {
  const [size, unit] =
    bytes >= KB ** 3
      ? [bytes / KB ** 3, "GB"]
      : bytes >= KB ** 2
        ? [bytes / KB ** 2, "MB"]
        : bytes >= KB
          ? [bytes / KB, "KB"]
          : [bytes, "B"];
  return `${number(size)} ${unit}`;
}

/** A duration in words: `15 min`. */
export function durationText(milliseconds: number): string {
  const [size, unit] =
    milliseconds >= 3_600_000
      ? [milliseconds / 3_600_000, "h"]
      : milliseconds > 120_000
        ? [milliseconds / 60_000, "min"]
        : milliseconds >= 1000
          ? [milliseconds / 1000, "s"]
          : [milliseconds, "ms"];
  return `${number(size)} ${unit}`;
}

/** A number with at most three significant digits behind the point. */
export function number(value: number): string {
  return value.toLocaleString("en-US", value >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 });
}
