import type { Answer, Exchange } from "./containerClient";

/** The container does not do what is asked. */
export class ContractBreach extends Error {
  constructor(
    message: string,
    readonly exchange: Exchange | undefined,
  ) {
    super(message);
    this.name = "ContractBreach";
  }
}

/** A check that could not begin, because what another check asks for does not work. */
export class MissingPrerequisite extends Error {
  constructor(
    /** Id of the check that judges it. */
    readonly judgedBy: string,
    readonly breach: ContractBreach,
  ) {
    super(breach.message);
    this.name = "MissingPrerequisite";
  }
}

/** A check for which the container gives no occasion. */
export class SkippedCheck extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = "SkippedCheck";
  }
}

/** @throws ContractBreach unless the answer has one of the statuses */
export function expectStatus(answer: Answer, ...allowed: readonly number[]): void {
  if (allowed.includes(answer.status)) return;
  throw new ContractBreach(`status ${answer.status}; allowed: ${allowed.join(", ")}`, answer.exchange);
}

/** @throws ContractBreach unless the status is one of 4xx, or 2xx where that is allowed too */
export function expectRefusal(answer: Answer, { orSuccess = false } = {}): void {
  const { status, exchange } = answer;
  if ((status >= 400 && status < 500) || (orSuccess && status >= 200 && status < 300)) return;
  throw new ContractBreach(`status ${status}; allowed: ${orSuccess ? "2xx or 4xx" : "4xx"}`, exchange);
}

/** @throws ContractBreach with the message unless the condition holds */
export function expectThat(holds: boolean, answer: Answer, message: string): void {
  if (!holds) throw new ContractBreach(message, answer.exchange);
}
