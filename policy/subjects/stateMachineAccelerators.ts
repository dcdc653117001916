import { type GraphValue, isGraphObject, isUnknown, reveal, UNKNOWN } from "../../contracts/graph";
import { unknownSighting } from "./acceleratorSighting";
import { callAccelerators, type DocumentSighting } from "./callAccelerators";

/** Where the states of a definition stand (states-language.net/spec.html). */
const STRUCTURE: readonly string[] = ["States", "Branches", "Iterator", "ItemProcessor"];

/** Accelerators in the tasks of a state machine, in every branch and map. */
export function stateMachineAccelerators(
  definition: GraphValue,
  path: string,
  secret: boolean,
): readonly DocumentSighting[] {
  const known = reveal(definition);
  if (isUnknown(known)) return [unknownSighting(path)];
  if (Array.isArray(known)) {
    return known.flatMap((branch: GraphValue, index) => stateMachineAccelerators(branch, `${path}[${index}]`, secret));
  }
  if (!isGraphObject(known)) return [];
  return STRUCTURE.flatMap((name) => {
    const inner = reveal(known[name]);
    if (inner === undefined) return [];
    return name === "States"
      ? statesAccelerators(inner, `${path}.${name}`, secret)
      : stateMachineAccelerators(inner, `${path}.${name}`, secret);
  });
}

function statesAccelerators(states: GraphValue, path: string, secret: boolean): readonly DocumentSighting[] {
  if (isUnknown(states)) return [unknownSighting(path)];
  if (!isGraphObject(states)) return [];
  return Object.entries(states).flatMap(([name, given]) => {
    const at = `${path}.${name}`;
    const state = reveal(given);
    if (isUnknown(state)) return [unknownSighting(at)];
    if (!isGraphObject(state)) return [];
    return [...taskAccelerators(state, at, secret), ...stateMachineAccelerators(state, at, secret)];
  });
}

function taskAccelerators(
  state: { readonly [key: string]: GraphValue },
  path: string,
  secret: boolean,
): readonly DocumentSighting[] {
  const resource = reveal(state["Resource"]);
  if (typeof resource !== "string") return [];
  return ["Parameters", "Parameters.$", "Arguments"].flatMap((name) => {
    const parameters = reveal(state[name]);
    const at = `${path}.${name}`;
    if (parameters === undefined) return [];
    // The call is known and only its parameters are not: an unknown in their place may hide an accelerator.
    const unknown = isUnknown(parameters) || typeof parameters === "string";
    return callAccelerators(resource, unknown ? { instanceType: UNKNOWN } : parameters, at, secret);
  });
}
