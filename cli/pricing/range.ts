import { Decimal } from "./decimal";

/** An amount that is not known exactly: what it is expected to be, and bounds. low ≤ expected ≤ high; none is negative. */
export class Range {
  static readonly ZERO = Range.exactly(0);

  private constructor(
    readonly low: Decimal,
    readonly expected: Decimal,
    readonly high: Decimal,
  ) {}

  static exactly(value: number | string | Decimal): Range {
    const known = value instanceof Decimal ? value : Decimal.of(value);
    return new Range(known, known, known);
  }

  /** @throws RangeError when they are out of order */
  static of(low: number | Decimal, expected: number | Decimal, high: number | Decimal): Range {
    const [a, b, c] = [low, expected, high].map((value) => (value instanceof Decimal ? value : Decimal.of(value)));
    if (a === undefined || b === undefined || c === undefined || a.compare(b) > 0 || b.compare(c) > 0)
      throw new RangeError(`${a}, ${b}, ${c} are out of order`);
    return new Range(a, b, c);
  }

  static sum(ranges: readonly Range[]): Range {
    return ranges.reduce((total, range) => total.plus(range), Range.ZERO);
  }

  plus(other: Range): Range {
    return this.with(other, (a, b) => a.plus(b));
  }

  times(other: Range | number): Range {
    const factor = typeof other === "number" ? Range.exactly(other) : other;
    return this.with(factor, (a, b) => a.times(b));
  }

  /** Divided by a number that is known and not zero. */
  over(divisor: number): Range {
    const known = Decimal.of(divisor);
    return this.each((value) => value.over(known));
  }

  /** Each case as a function of it; the function must grow with its argument. */
  each(change: (value: Decimal) => Decimal): Range {
    return Range.of(change(this.low), change(this.expected), change(this.high));
  }

  /** One less this share: the high share gives the low case. For shares between 0 and 1. */
  rest(): Range {
    const one = Decimal.of(1);
    return Range.of(one.minus(this.high), one.minus(this.expected), one.minus(this.low));
  }

  /** One by it; the high case gives the low one. None of its cases may be zero. */
  inverse(): Range {
    const one = Decimal.of(1);
    return Range.of(one.over(this.high), one.over(this.expected), one.over(this.low));
  }

  /** Reaching from zero: for what may not happen at all. */
  fromZero(): Range {
    return Range.of(Decimal.ZERO, this.expected, this.high);
  }

  get isKnown(): boolean {
    return this.low.compare(this.high) === 0;
  }

  get isZero(): boolean {
    return this.high.isZero;
  }

  toJSON(): { readonly low: string; readonly expected: string; readonly high: string } {
    return { low: this.low.toString(), expected: this.expected.toString(), high: this.high.toString() };
  }

  private with(other: Range, combine: (a: Decimal, b: Decimal) => Decimal): Range {
    return new Range(
      combine(this.low, other.low),
      combine(this.expected, other.expected),
      combine(this.high, other.high),
    );
  }
}
