import { printGiven } from "../../../contracts/problems";
import { SERVICE_LIMITS } from "../../../contracts/serviceLimits";
import type { ModelMode } from "./hostedModel";
import { RuntimeError } from "./runtimeError";

/** Printable characters, the first of them no space: the shape `TargetModelHeader` of the service's model. */
const SHAPE = /^[\x21-\x7e][\x20-\x7e]*$/;

/**
 * Makes sure that a target model is one where it must be, and that it is what it says: it is joined to the prefix as it
 * stands, so nothing in it may mean another key to whoever normalises it.
 * @throws RuntimeError ValidationError
 */
export function assertTarget(target: string | undefined, mode: ModelMode): void {
  if (mode === "SingleModel" && target === undefined) return;
  const problem =
    mode === "SingleModel" ? "TargetModel is not allowed: this is no multi-model endpoint." : problemOf(target);
  if (problem !== undefined) throw new RuntimeError("ValidationError", problem);
}

function problemOf(target: string | undefined): string | undefined {
  if (target === undefined) return "TargetModel is required to invoke a multi-model endpoint.";
  const given = `TargetModel: given ${printGiven(target)}; allowed:`;
  const { targetModelCharacters } = SERVICE_LIMITS.sagemaker.serving;
  if (!SHAPE.test(target) || target.length > targetModelCharacters) {
    return `${given} 1 to ${targetModelCharacters} printable characters of ASCII that do not begin with a space`;
  }
  const names = target.split("/");
  if (target.includes("\\") || names.some((name) => name === "" || name === "." || name === "..")) {
    return `${given} a key relative to the model prefix, without "..", ".", "//", "\\" and a slash at its ends`;
  }
  return undefined;
}
