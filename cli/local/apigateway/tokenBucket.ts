/**
 * API Gateway's throttling: a bucket of tokens that fills at a rate, one for each request
 * (docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html).
 */
export class TokenBucket {
  #tokens: number;
  #filledMs: number;

  /**
   * @param rate requests a second
   * @param burst most requests at once
   * @param now milliseconds of a clock that never goes back. Defaults to this process's
   */
  constructor(
    private readonly rate: number,
    private readonly burst: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.#tokens = burst;
    this.#filledMs = now();
  }

  /** Whether one more request may pass. */
  take(): boolean {
    const at = this.now();
    this.#tokens = Math.min(this.burst, this.#tokens + ((at - this.#filledMs) / 1000) * this.rate);
    this.#filledMs = at;
    if (this.#tokens < 1) return false;
    this.#tokens--;
    return true;
  }
}
