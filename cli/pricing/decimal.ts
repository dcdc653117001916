/**
 * An exact decimal number: digits and the number of them after the point. Sums and products are exact; only a division
 * rounds, and only as far as it is told.
 */
export class Decimal {
  static readonly ZERO = new Decimal(0n, 0);

  private constructor(
    private readonly digits: bigint,
    private readonly places: number,
  ) {}

  /**
   * Reads a number. A binary float is what its shortest spelling says: 0.1 is a tenth.
   * @throws RangeError for what is no finite decimal number
   */
  static of(value: number | string): Decimal {
    const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(String(value).trim());
    if (match === null) throw new RangeError(`${value} is no decimal number`);
    const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
    const places = fraction.length - Number(exponent);
    const digits = BigInt(`${sign}${whole}${fraction}`);
    return places >= 0 ? new Decimal(digits, places) : new Decimal(digits * 10n ** BigInt(-places), 0);
  }

  plus(other: Decimal): Decimal {
    const places = Math.max(this.places, other.places);
    return new Decimal(this.at(places) + other.at(places), places);
  }

  minus(other: Decimal): Decimal {
    const places = Math.max(this.places, other.places);
    return new Decimal(this.at(places) - other.at(places), places);
  }

  times(other: Decimal): Decimal {
    return new Decimal(this.digits * other.digits, this.places + other.places);
  }

  /** The quotient, rounded half up to a number of places. */
  over(other: Decimal, places = 16): Decimal {
    if (other.digits === 0n) throw new RangeError("division by zero");
    const shift = places + 1 + other.places - this.places;
    const [top, bottom] =
      shift >= 0
        ? [this.digits * 10n ** BigInt(shift), other.digits]
        : [this.digits, other.digits * 10n ** BigInt(-shift)];
    return new Decimal(top / bottom, places + 1).rounded(places);
  }

  /** Rounded half up (away from zero) to a number of places. */
  rounded(places: number): Decimal {
    if (this.places <= places) return this;
    const unit = 10n ** BigInt(this.places - places);
    const half = this.digits < 0n ? -unit / 2n : unit / 2n;
    return new Decimal((this.digits + half) / unit, places);
  }

  /** Negative, zero or positive, as this is less than, equal to or more than the other. */
  compare(other: Decimal): number {
    const places = Math.max(this.places, other.places);
    const [mine, theirs] = [this.at(places), other.at(places)];
    return mine < theirs ? -1 : mine > theirs ? 1 : 0;
  }

  static least(values: readonly Decimal[]): Decimal {
    return values.reduce((least, value) => (value.compare(least) < 0 ? value : least));
  }

  static most(values: readonly Decimal[]): Decimal {
    return values.reduce((most, value) => (value.compare(most) > 0 ? value : most));
  }

  get isZero(): boolean {
    return this.digits === 0n;
  }

  /** The nearest binary float: for showing and for charts, never for sums. */
  toNumber(): number {
    return Number(this.toString());
  }

  /** With exactly as many places as asked for, or as many as there are. */
  toString(places?: number): string {
    const { digits, places: have } = places === undefined ? this : this.rounded(places);
    const negative = digits < 0n;
    const text = (negative ? -digits : digits).toString().padStart(have + 1, "0");
    const whole = text.slice(0, text.length - have);
    const cut = text.slice(text.length - have);
    const fraction = places === undefined ? cut.replace(/0+$/, "") : cut.padEnd(places, "0");
    return `${negative ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
  }

  toJSON(): string {
    return this.toString();
  }

  private at(places: number): bigint {
    return this.digits * 10n ** BigInt(places - this.places);
  }
}
