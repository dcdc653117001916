import assert from "node:assert/strict";
import { bill, type GivenFigures, type HandmadeResource, priced, usageWith } from "../pricedGraph";

/** Resources, how much they are used, and what each charge costs in a month. */
export interface Golden {
  readonly title: string;
  readonly resources: readonly HandmadeResource[];
  readonly usage?: GivenFigures;
  /** Quantities of single resources. */
  readonly single?: GivenFigures;
  readonly region?: string;
  /** Computed by hand; the sums stand beside. */
  readonly bill: readonly string[];
}

/** Prices each and compares the bill to the cent. */
export function testGoldens(title: string, goldens: readonly Golden[]): void {
  describe(title, () => {
    for (const { title: name, resources, usage = {}, single = {}, region, bill: expected } of goldens) {
      it(name, () => {
        const result = priced(resources, { usage: usageWith(usage, single), ...(region && { region }) });
        assert.deepEqual(bill(result), expected);
      });
    }
  });
}
