import type { Decimal } from "../pricing/decimal";
import type { WasteResult } from "../pricing/waste/findWaste";

/** What a report of waste shows. */
export interface WasteReport {
  readonly result: WasteResult;
  /** Most that may be wasted, in US dollars a month. */
  readonly failOn?: Decimal;
}

/** True when more is expected to be wasted than may be. */
export function wastesTooMuch({ result, failOn }: WasteReport): boolean {
  return failOn !== undefined && result.total.expected.compare(failOn) > 0;
}
