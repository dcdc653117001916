import type { Problem } from "../../../contracts/problems";

/** What a model thread is asked to do. */
export const Ask = { Invoke: 0, Load: 1, Unload: 2 } as const;
export type Ask = (typeof Ask)[keyof typeof Ask];

/**
 * Requests, one after the other: what, number of the model, body or `model.json`, form of the body, form of the answer.
 * Flat, because a message costs by the object.
 */
export type AskedBatch = (string | number)[];
export const ASKED_FIELDS = 5;

/** Answers in the order of the requests: status, code of the error, body. A load's body is its bytes. */
export type AnsweredBatch = (string | number)[];
export const ANSWERED_FIELDS = 3;

/** First message of a thread: that it has loaded its module, or why it cannot. */
export type Beginning =
  | { readonly ready: true }
  | { readonly ready: false; readonly code: string; readonly message: string; readonly problems: readonly Problem[] };

/** What a thread is given. */
export interface ModelThreadData {
  /** One number that all threads see: how many requests this one has begun. */
  readonly begun: SharedArrayBuffer;
}
