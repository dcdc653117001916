/** Reads lines and counted bytes from a stream of chunks, asking for more only when it must. */
export class ByteReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #pending: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async #more(): Promise<boolean> {
    const next = await this.#source.next();
    if (next.done) return false;
    const chunk = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    return true;
  }

  /**
   * The next bytes, at least one and at most `limit`; undefined at the end.
   * @param limit above 0
   */
  async some(limit: number): Promise<Buffer | undefined> {
    while (this.#pending.length === 0) if (!(await this.#more())) return undefined;
    const bytes = this.#pending.subarray(0, limit);
    this.#pending = this.#pending.subarray(bytes.length);
    return bytes;
  }

  /** The next line without its CRLF; undefined when there is none within `limit` bytes or before the end. */
  async line(limit: number): Promise<string | undefined> {
    for (;;) {
      const end = this.#pending.indexOf("\r\n");
      if (end >= 0) {
        const line = this.#pending.toString("latin1", 0, end);
        this.#pending = this.#pending.subarray(end + 2);
        return line;
      }
      if (this.#pending.length > limit || !(await this.#more())) return undefined;
    }
  }

  /** Everything up to the end; undefined when that is more than `limit` bytes. */
  async rest(limit: number): Promise<string | undefined> {
    while (this.#pending.length <= limit) if (!(await this.#more())) return this.#pending.toString("latin1");
    return undefined;
  }

  /** Lets the source go. */
  async close(): Promise<void> {
    await this.#source.return?.();
  }
}
