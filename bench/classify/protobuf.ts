/** Wire types (protobuf.dev/programming-guides/encoding). */
const Wire = { Varint: 0, Bytes: 2 } as const;

/** Fields of a protocol buffer, in the order in which they are written. */
export class Message {
  readonly #chunks: Uint8Array[] = [];

  /** A whole number that is not negative. */
  integer(field: number, value: number): this {
    this.#chunks.push(varint(field * 8 + Wire.Varint), varint(value));
    return this;
  }

  /** Text, bytes or another message. */
  bytes(field: number, value: string | Uint8Array | Message): this {
    const bytes = value instanceof Message ? value.encode() : typeof value === "string" ? Buffer.from(value) : value;
    this.#chunks.push(varint(field * 8 + Wire.Bytes), varint(bytes.length), bytes);
    return this;
  }

  encode(): Uint8Array {
    return Buffer.concat(this.#chunks);
  }
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low + 128 : low);
  } while (rest > 0);
  return Uint8Array.from(bytes);
}
