/** A reader of an amount: its number, or what is allowed where the text is none. */
export interface Unit {
  /** What is allowed, in words that complete "allowed: …". */
  readonly allowed: string;
  /** Number in the base unit; undefined when the text is none. */
  read(text: string): number | undefined;
}

const NUMBER = String.raw`(\d+(?:\.\d+)?(?:e\d{1,2})?)`;

function withUnits(factors: Readonly<Record<string, number>>, allowed: string): Unit {
  const form = new RegExp(`^${NUMBER} ?(${Object.keys(factors).join("|")})$`);
  return {
    allowed,
    read(text) {
      const [, number, unit] = form.exec(text.trim()) ?? [];
      const factor = unit === undefined ? undefined : factors[unit];
      return number === undefined || factor === undefined ? undefined : Number(number) * factor;
    },
  };
}

const KB = 1024;

/** Bytes; a KB has 1,024 of them, as in AWS's limits. */
export const BYTES: Unit = withUnits(
  { B: 1, KB, MB: KB ** 2, GB: KB ** 3 },
  "a number with B, KB, MB or GB, for example 2MB or 512KB",
);

/** Milliseconds. */
export const DURATION: Unit = withUnits(
  { ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 },
  "a number with ms, s, min, h or d, for example 300ms or 1.5s",
);

/** Hours of a month, as AWS's calculators count them. */
const MONTH_SECONDS = 730 * 3600;

/** Requests in a month of 730 hours. */
export const RATE: Unit = withUnits(
  {
    "/second": MONTH_SECONDS,
    "/minute": MONTH_SECONDS / 60,
    "/hour": MONTH_SECONDS / 3600,
    "/day": MONTH_SECONDS / 86_400,
    "/month": 1,
  },
  "a number for each second, minute, hour, day or month, for example 1e6/day or 20/second",
);

/** A whole number from 1. */
export const COUNT: Unit = {
  allowed: "a whole number from 1 to 1000000",
  read: (text) => (/^[1-9]\d{0,5}$/.test(text) || text === "1000000" ? Number(text) : undefined),
};

/** A share above 0. */
export const SHARE: Unit = {
  allowed: "a number above 0 and at most 1, for example 0.1",
  read: (text) => (/^(0\.\d*[1-9]\d*|1(\.0+)?)$/.test(text) ? Number(text) : undefined),
};

/** How many times the average traffic is. */
export const FACTOR: Unit = {
  allowed: "a number from 1 to 1000, for example 10",
  read(text) {
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    return value >= 1 && value <= 1000 ? value : undefined;
  },
};
