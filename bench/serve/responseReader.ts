const HEAD_END = "\r\n\r\n";

/** Status and body length of one answer. */
export interface Answered {
  readonly status: number;
  readonly bytes: number;
}

/** Reads answers of HTTP/1.1 off a connection that waits for each before it asks again, as cheaply as may be. */
export class ResponseReader {
  #head: Buffer | undefined;
  #answered: Answered | undefined;
  #missing = 0;

  /**
   * @param chunk valid during the call alone
   * @returns the answer when its last byte has come
   * @throws Error for an answer without a length, and for bytes that nobody asked for
   */
  read(chunk: Buffer): Answered | undefined {
    if (this.#answered === undefined) {
      const data = this.#head === undefined ? chunk : Buffer.concat([this.#head, chunk]);
      const end = data.indexOf(HEAD_END);
      if (end < 0) {
        this.#head = Buffer.from(data);
        return undefined;
      }
      this.#head = undefined;
      const head = data.toString("latin1", 0, end);
      const length = /\r\ncontent-length: *(\d+)/i.exec(head);
      if (length === null) throw new Error(`An answer has no Content-Length: ${head}`);
      this.#answered = { status: Number(head.slice(9, 12)), bytes: Number(length[1]) };
      this.#missing = this.#answered.bytes - (data.length - end - HEAD_END.length);
    } else {
      this.#missing -= chunk.length;
    }
    if (this.#missing < 0) throw new Error("An answer is longer than it says.");
    if (this.#missing > 0) return undefined;
    const answered = this.#answered;
    this.#answered = undefined;
    return answered;
  }
}
