import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { InvalidInputError } from "../../../contracts/problems";
import type { Form } from "./exchangeFormat";
import { ModelShelf, servingErrorOf } from "./modelShelf";
import { servedModule } from "./servedModule";
import {
  type AnsweredBatch,
  ASKED_FIELDS,
  Ask,
  type AskedBatch,
  type Beginning,
  type ModelThreadData,
} from "./threadMessages";

/** Milliseconds after which answers are sent, however many requests of the same message are still to come. */
const SEND_AFTER_MS = 1;

/** Answers in a thread of its own, until that is ended. */
function answerInThread(port: MessagePort, { begun }: ModelThreadData): void {
  let shelf: ModelShelf;
  try {
    shelf = new ModelShelf(servedModule(process.env));
  } catch (error) {
    port.postMessage(failedBeginning(error));
    return;
  }
  const counter = new Int32Array(begun);
  port.on("message", (batch: AskedBatch) => {
    let answers: AnsweredBatch = [];
    let sent = performance.now();
    for (let at = 0; at < batch.length; at += ASKED_FIELDS) {
      Atomics.add(counter, 0, 1);
      take(shelf, batch, at, answers);
      const now = performance.now();
      if (now - sent > SEND_AFTER_MS) {
        port.postMessage(answers);
        answers = [];
        sent = now;
      }
    }
    if (answers.length > 0) port.postMessage(answers);
  });
  port.postMessage({ ready: true } satisfies Beginning);
}

function take(shelf: ModelShelf, batch: AskedBatch, at: number, answers: AnsweredBatch): void {
  const id = batch[at + 1] as number;
  const text = batch[at + 2] as string;
  switch (batch[at] as Ask) {
    case Ask.Invoke:
      shelf.answer(id, text, batch[at + 3] as Form, batch[at + 4] as Form, (status, code, body) => {
        answers.push(status, code, body);
      });
      return;
    case Ask.Load:
      try {
        answers.push(200, "", shelf.put(id, text));
      } catch (error) {
        const { status, code, body } = servingErrorOf(error);
        answers.push(status, code, body);
      }
      return;
    case Ask.Unload:
      shelf.remove(id);
      answers.push(200, "", "");
  }
}

function failedBeginning(error: unknown): Beginning {
  const problems = error instanceof InvalidInputError ? error.problems : [];
  const code = error instanceof InvalidInputError ? error.code : "ModuleFailed";
  return { ready: false, code, message: error instanceof Error ? error.message : String(error), problems };
}

if (parentPort !== null) answerInThread(parentPort, workerData as ModelThreadData);
