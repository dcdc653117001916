import * as z from "zod";
import type { Predictor } from "../fitFunction";
import type { LoadedModule } from "../loadedModule";
import { readModelDocument } from "../modelArchive";
import type { SeriesAxis } from "../seriesAxis";
import { ServedForecast } from "../servedForecast";
import { asciiJson } from "./asciiJson";
import { objectBytes } from "./objectBytes";
import { ServingError } from "./servingError";

/** A customer's model, ready to answer. */
export interface ServedModel {
  /** Beginning of its answers, up to the timestamps: JSON, in ASCII. */
  readonly opening: string;
  readonly axis: SeriesAxis;
  readonly predictor: Predictor;
  /** Estimate of what it takes in memory. */
  readonly bytes: number;
}

/** What a model takes besides its own data: entries of the maps that lead to it. */
const OVERHEAD = 512;

/**
 * Reads what `model.json` says into a model that answers. Nothing is fitted.
 * @throws ServingError InvalidModel, 400: it is no model, or not one of the module that serves
 */
export function readServedModel(text: string, { name, load }: Pick<LoadedModule, "name" | "load">): ServedModel {
  const refuse = (why: string): ServingError => new ServingError(400, "InvalidModel", why);
  try {
    const { customer, module, axis, model } = readModelDocument(JSON.parse(text));
    // Of the same module by name: whether it can read models of another revision is for `load` to say.
    if (baseName(module) !== baseName(name)) throw refuse(`the model is of ${module}; allowed: of ${baseName(name)}`);
    if (load === undefined) throw refuse(`${name} exports no load`);
    const predictor = load(model);
    // The forecast keeps nothing of what was parsed; what another module keeps of it, nobody can see.
    const kept = predictor instanceof ServedForecast ? undefined : model;
    const opening = `{"customer":${asciiJson(customer)},"timestamps":`;
    return { opening, axis, predictor, bytes: OVERHEAD + opening.length + objectBytes(axis, predictor, kept) };
  } catch (error) {
    if (error instanceof ServingError) throw error;
    throw refuse(
      `model.json cannot be read: ${error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error)}`,
    );
  }
}

function baseName(module: string): string {
  return module.replace(/@[^@]*$/, "");
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
