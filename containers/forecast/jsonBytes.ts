/** Bytes that are there at first. */
const AT_FIRST = 1 << 16;

/** Bytes that no number takes more of. */
const LONGEST_NUMBER = 32;

/** Texts below this length are copied sign by sign: to ask for more is not worth the call. */
const SHORT = 64;

/** Integers below it are written digit by digit; so are fractions with no more digits, of which each has one spelling only. */
const EXACT = 1e15;

/** Decimals of most readings, of most means of some, and of a forecast's coefficients. */
const DECIMALS = [2, 4, 12] as const;
const POWERS = Float64Array.from({ length: 13 }, (_, decimals) => 10 ** decimals);

/** What an integer is cut at, so that both parts have 32 bits. */
const CUT = { digits: 6, at: 1e6 } as const;

const [QUOTE, COMMA, MINUS, POINT, ZERO, COLON] = [34, 44, 45, 46, 48, 58];
const [OPEN_LIST, BACKSLASH, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [91, 92, 93, 123, 125];

/** Writes JSON into bytes that are kept for the next one: byte for byte as JSON.stringify has it, but numbers much faster. */
export class JsonBytes {
  #bytes = Buffer.allocUnsafe(AT_FIRST);
  #at = 0;

  /**
   * Writes a value of objects, lists, texts, numbers, truth values and null.
   * @param before bytes that are left free before it
   * @param after bytes that are there behind it
   * @returns bytes that are good until the next call: those before, the JSON, those after
   */
  write(value: unknown, before = 0, after = 0): Buffer {
    this.#at = 0;
    this.#reserve(before);
    this.#at = before;
    this.#value(value);
    this.#reserve(after);
    return this.#bytes.subarray(0, this.#at + after);
  }

  #value(value: unknown): void {
    if (typeof value === "number") this.#number(value);
    else if (typeof value === "string") this.#quoted(value);
    else if (Array.isArray(value)) this.#list(value);
    else if (isPlain(value)) this.#object(value);
    else this.#text(JSON.stringify(value) ?? "null");
  }

  #list(list: readonly unknown[]): void {
    this.#sign(OPEN_LIST);
    for (let i = 0; i < list.length; i++) {
      if (i > 0) this.#sign(COMMA);
      const value = list[i];
      if (typeof value === "number") this.#number(value);
      else this.#value(value);
    }
    this.#sign(CLOSE_LIST);
  }

  #object(object: Readonly<Record<string, unknown>>): void {
    this.#sign(OPEN_OBJECT);
    let isFirst = true;
    for (const key of Object.keys(object)) {
      const value = object[key];
      if (value === undefined || typeof value === "function" || typeof value === "symbol") continue;
      if (!isFirst) this.#sign(COMMA);
      isFirst = false;
      this.#quoted(key);
      this.#sign(COLON);
      this.#value(value);
    }
    this.#sign(CLOSE_OBJECT);
  }

  #number(number: number): void {
    this.#reserve(LONGEST_NUMBER);
    const size = Math.abs(number);
    const decimals = size < EXACT ? decimalsOf(size) : -1;
    if (decimals < 0) this.#text(Number.isFinite(number) ? String(number) : "null");
    else {
      if (number < 0) this.#bytes[this.#at++] = MINUS;
      if (decimals === 0) this.#digits(size, lengthOf(size));
      else this.#fraction(Math.round(size * (POWERS[decimals] as number)), decimals, POWERS[decimals] as number);
    }
  }

  #fraction(digits: number, decimals: number, power: number): void {
    const whole = Math.floor(digits / power);
    this.#digits(whole, lengthOf(whole));
    this.#bytes[this.#at++] = POINT;
    this.#digits(digits - whole * power, decimals);
    while (this.#bytes[this.#at - 1] === ZERO) this.#at--;
  }

  /** Digits of an integer, with zeros before them. */
  #digits(integer: number, length: number): void {
    if (length <= CUT.digits) this.#smallDigits(integer, length);
    else {
      const high = Math.floor(integer / CUT.at);
      this.#smallDigits(high, length - CUT.digits);
      this.#smallDigits(integer - high * CUT.at, CUT.digits);
    }
  }

  #smallDigits(integer: number, length: number): void {
    const bytes = this.#bytes;
    let rest = integer | 0;
    this.#at += length;
    for (let at = this.#at - 1; length > 0; length--) {
      const tens = (rest / 10) | 0;
      bytes[at--] = ZERO + rest - tens * 10;
      rest = tens;
    }
  }

  #sign(sign: number): void {
    if (this.#at === this.#bytes.length) this.#reserve(1);
    this.#bytes[this.#at++] = sign;
  }

  #quoted(text: string): void {
    const from = this.#at;
    this.#reserve(SHORT + 2);
    this.#bytes[this.#at++] = QUOTE;
    let isPlainText = text.length < SHORT;
    for (let i = 0; i < text.length && isPlainText; i++) {
      const sign = text.charCodeAt(i);
      isPlainText = sign >= 32 && sign <= 126 && sign !== QUOTE && sign !== BACKSLASH;
      this.#bytes[this.#at++] = sign;
    }
    if (isPlainText) this.#bytes[this.#at++] = QUOTE;
    else {
      this.#at = from;
      this.#text(JSON.stringify(text));
    }
  }

  #text(text: string): void {
    // No sign takes more than three bytes for each of its units.
    this.#reserve(3 * text.length);
    this.#at += this.#bytes.write(text, this.#at, "utf8");
  }

  #reserve(more: number): void {
    if (this.#at + more <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.#at + more));
    this.#bytes.copy(larger);
    this.#bytes = larger;
  }
}

/** Decimals that a number is exactly spelled with, some of them zeros at the end; -1 when it takes another way. */
function decimalsOf(size: number): number {
  if (Math.floor(size) === size) return 0;
  // Below a millionth there are exponents.
  if (size < 1e-6) return -1;
  for (let i = 0; i < DECIMALS.length; i++) {
    const power = POWERS[DECIMALS[i] as number] as number;
    const digits = Math.round(size * power);
    // The quotient is the number nearest to this fraction, and no shorter fraction is as near.
    if (digits < EXACT && digits / power === size) return DECIMALS[i] as number;
  }
  return -1;
}

function lengthOf(integer: number): number {
  let length = 1;
  for (let power = 10; integer >= power; power *= 10) length++;
  return length;
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || "toJSON" in value) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
