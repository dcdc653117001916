import { containerLog } from "../containerLog";
import type { LoadedModule } from "../loadedModule";
import type { Form } from "./exchangeFormat";
import { forecastAnswer } from "./forecastAnswer";
import type { TakeAnswer } from "./modelHost";
import { readServedModel, type ServedModel } from "./servedModel";
import { modelNotLoaded, ServingError } from "./servingError";

/** Models in this thread, by number. */
export class ModelShelf {
  readonly #models = new Map<number, ServedModel>();

  constructor(private readonly module: Pick<LoadedModule, "name" | "load">) {}

  /**
   * @returns bytes that the model takes
   * @throws ServingError InvalidModel
   */
  put(id: number, text: string): number {
    const model = readServedModel(text, this.module);
    this.#models.set(id, model);
    return model.bytes;
  }

  remove(id: number): void {
    this.#models.delete(id);
  }

  /** Answers at once; what a model throws is logged, and the caller learns only that it failed. */
  answer(id: number, body: string, asked: Form, answered: Form, take: TakeAnswer): void {
    let text: string;
    try {
      const model = this.#models.get(id);
      if (model === undefined) throw modelNotLoaded(String(id));
      text = forecastAnswer(model, body, asked, answered);
    } catch (error) {
      const told = servingErrorOf(error);
      take(told.status, told.code, told.body);
      return;
    }
    take(200, "", text);
  }
}

/** What a caller may be told of an error. */
export function servingErrorOf(error: unknown): ServingError {
  if (error instanceof ServingError) return error;
  containerLog("error", "a model failed", { stack: error instanceof Error ? error.stack : String(error) });
  return new ServingError(500, "ModelFailed", "the model failed; its error is in the container's log");
}
