import { keysOf, type RowKey } from "./usageTypes";

/** A figure as it was collected. */
export interface Row {
  readonly service: string;
  readonly region: string;
  readonly item: string;
  readonly unit: string;
  /** As written; empty where the source says that there is no price. */
  readonly usd: string;
  readonly source: string;
  readonly sourceDate: string;
  readonly confidence: string;
}

/** What became of a row: it is in the book under keys, or says that a price is absent, or was left out. */
export type Placement =
  | { readonly kind: "entry"; readonly keys: readonly RowKey[] }
  | { readonly kind: "absent"; readonly keys: readonly RowKey[]; readonly why: string }
  | { readonly kind: "left out"; readonly why: string };

/** Regions of the book, and what AWS prices once for the world. */
export const REGIONS = ["us-east-1", "us-west-2", "eu-west-1", "global"] as const;

/** Rows that are not used, whatever they price. */
const REFUSED: readonly (readonly [(row: Row) => boolean, string])[] = [
  [({ service }) => service.includes("Savings Plan"), "no Savings Plan rate is shipped: rates come from an offer file"],
  [({ confidence }) => confidence === "memory", "no source was read"],
  [({ item }) => /^(Free|Always-free) |first 14M|surcharge/.test(item), "free allowances are left out of every price"],
  [({ item }) => item.includes("check 2026"), "a second reading of a figure that is in the book; they agree"],
  [({ item }) => item.includes("rounded to cents"), "rounded by its source"],
  [({ item }) => /retired|OLD price/.test(item), "superseded or retired; last known figure of another table"],
  [({ item }) => item.includes("CONFLICTS"), "contradicts 0.016, and was probably rounded"],
  [({ item }) => item.includes("without usage-type filter"), "read without its usage type, so it may be another's"],
  [({ service }) => service.includes("warm pool"), "the usage type of warm pools was not read"],
  [({ item }) => item.includes("ml.r8g"), "twice the price of the next Region: a fault of the list"],
  [({ region, item }) => item.includes("to origin") || region.includes("US/EU"), "of no edge location in particular"],
];

/** Says what becomes of each row, in their order. */
export function placeRows(rows: readonly Row[]): readonly Placement[] {
  const first = rows.map(placeAlone);
  return first.map((placement, index): Placement => {
    const row = rows[index];
    if (row === undefined || placement.kind !== "entry") return placement;
    const better = rows.find((other, at) => {
      const rival = first[at];
      if (at === index || rival?.kind !== "entry" || other === undefined) return false;
      const same = placement.keys.some((key) => rival.keys.some((theirs) => place(key, row) === place(theirs, other)));
      return same && (standing(other) > standing(row) || (standing(other) === standing(row) && at < index));
    });
    if (better === undefined) return placement;
    const agreement = Number(better.usd) === Number(row.usd) ? "agrees with" : `differs from ${better.usd} of`;
    return { kind: "left out", why: `${agreement} the row that is used, of ${better.sourceDate}` };
  });
}

function placeAlone(row: Row): Placement {
  const refused = REFUSED.find(([applies]) => applies(row))?.[1];
  if (refused !== undefined) return { kind: "left out", why: refused };
  const keys = keysOf(row);
  if (keys.length === 0) return { kind: "left out", why: "its usage type was not read" };
  if (!REGIONS.some((region) => region === (keys[0]?.region ?? row.region)))
    return { kind: "left out", why: "not a Region of the book" };
  if (row.usd !== "") return { kind: "entry", keys };
  return { kind: "absent", keys, why: row.item.split(" : ")[1] ?? "no price in the source" };
}

/** What two rows must share to be of the same price. */
function place({ service, usageType, region, from = 0 }: RowKey, row: Row): string {
  return `${service}/${region ?? row.region}/${usageType}/${from}`;
}

/** A figure that was read goes before one that was inferred, and the newest goes first. */
function standing({ confidence, sourceDate }: Row): string {
  return `${confidence === "derived" ? 0 : 1} ${sourceDate}`;
}
