import { RegressionDesign } from "./regressionDesign";
import { Scratch } from "./scratch";

/** Designs that are kept: customers that are measured together have the same timestamps, with a backtest two sets of them. */
const KEPT = 4;

/** The last designs, each in memory of its own, which the next design has when this one is put away. */
export class DesignShelf {
  /** The last one first. */
  readonly #kept: { readonly design: RegressionDesign; readonly scratch: Scratch }[] = [];

  /** The design of some timestamps, which is an earlier one's when they are the same. Good until the next ones are asked for. */
  of(times: Float64Array): RegressionDesign {
    const index = this.#kept.findIndex(({ design }) => isSame(design.times, times));
    const [found] = index < 0 ? [] : this.#kept.splice(index, 1);
    if (found !== undefined) {
      this.#kept.unshift(found);
      return found.design;
    }
    const scratch = (this.#kept.length < KEPT ? undefined : this.#kept.pop()?.scratch) ?? new Scratch();
    scratch.reset();
    const design = new RegressionDesign(times, scratch);
    this.#kept.unshift({ design, scratch });
    return design;
  }
}

function isSame(a: Float64Array, b: Float64Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = a.length - 1; i >= 0; i--) if (a[i] !== b[i]) return false;
  return true;
}
