import { existsSync, readFileSync } from "node:fs";
import * as z from "zod";
import { CannotRunError } from "../../../contracts/cannotRunError";
import { InvalidInputError } from "../../../contracts/problems";
import { PlanRates } from "../plans/planRates";
import { PriceBook } from "./priceBook";
import shipped from "./prices.json";

const Key = { service: z.string().min(1), region: z.string().min(1), usageType: z.string().min(1) };

/** A day, a month or a year: sources say when they were published as exactly as they know. */
const sourceDate = z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/);

export const BookData = z.object({
  date: z.iso.date(),
  sources: z.record(z.string(), z.string()),
  entries: z.array(
    z.object({
      ...Key,
      unit: z.string().min(1),
      per: z.number().positive(),
      tiers: z
        .array(
          z.object({
            from: z.number().nonnegative(),
            to: z.number().positive().optional(),
            usd: z.string().regex(/^\d+(\.\d+)?$/),
          }),
        )
        .min(1),
      source: z.string(),
      sourceDate,
      confidence: z.enum(["exact", "secondary", "derived"]),
      spellingNotRead: z.literal(true).optional(),
    }),
  ),
  absent: z.array(z.object({ ...Key, why: z.string() })),
  /** Rates of Savings Plans; the book that is shipped has none. */
  planRates: z.array(PlanRates).optional(),
});
export type BookData = z.output<typeof BookData>;

export { PRICES_FILE } from "./pricesFile";

/** The book that this package ships. */
export function shippedBook(): PriceBook {
  return new PriceBook(BookData.parse(shipped));
}

/**
 * Reads a book that `frugal-ml prices update` wrote.
 * @throws CannotRunError `PricesNotFound`, or `InvalidPrices` with every problem
 */
export function readPriceBook(file: string): PriceBook {
  if (!existsSync(file)) throw new CannotRunError("PricesNotFound", `prices ${file}: there is no such file`);
  return new PriceBook(readBookData(file));
}

/**
 * Reads the data of a book, or of the one that is shipped when there is no such file.
 * @throws CannotRunError `InvalidPrices` with every problem
 */
export function readBookData(file: string): BookData {
  if (!existsSync(file)) return BookData.parse(shipped);
  const refuse = (problems: readonly { readonly property: string; readonly allowed: string }[]): CannotRunError => {
    const all = problems.map(({ property, allowed }) => ({ property, given: "something else", allowed }));
    return new CannotRunError("InvalidPrices", new InvalidInputError(`prices ${file}`, all).message);
  };
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw refuse([{ property: "file", allowed: `JSON (${error instanceof Error ? error.message : error})` }]);
  }
  const read = BookData.safeParse(json);
  if (!read.success)
    throw refuse(read.error.issues.map(({ path, message }) => ({ property: path.join("."), allowed: message })));
  return read.data;
}
