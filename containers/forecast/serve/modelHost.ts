import type { Form } from "./exchangeFormat";

/**
 * Takes an answer.
 * @param code of the error; empty when there is none
 * @param body in ASCII
 */
export type TakeAnswer = (status: number, code: string, body: string) => void;

/** One request of a model. */
export interface Invocation {
  readonly body: string;
  readonly asked: Form;
  readonly answered: Form;
}

/** Where models live and answer. Models are known by numbers, each given once. */
export interface ModelHost {
  /**
   * Reads a model.
   * @param text of `model.json`
   * @param readAgain reads the text once more, should the host lose the model
   * @returns bytes that it takes
   * @throws ServingError InvalidModel
   */
  load(id: number, text: string, readAgain: () => Promise<string>): Promise<number>;
  /** Forgets a model, and gives its memory back. */
  unload(id: number): Promise<void>;
  /** Answers a request, in its own time. `take` is called once, whatever happens. */
  invoke(id: number, invocation: Invocation, take: TakeAnswer): void;
  stop(): Promise<void>;
}
