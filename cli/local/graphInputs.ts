import {
  containsUnknown,
  type GraphObject,
  type GraphResource,
  type GraphValue,
  isGraphObject,
  reveal,
} from "../../contracts/graph";
import { LocalPlaneError } from "./localPlaneError";

/** Reads typed values out of a resource's inputs; anything else is refused with its place. */
export class GraphInputs {
  private constructor(
    private readonly where: string,
    private readonly values: GraphObject,
  ) {}

  /** Inputs of a resource. */
  static of(resource: GraphResource): GraphInputs {
    return new GraphInputs(`${resource.name} (${resource.type})`, resource.inputs);
  }

  /** Outputs of a resource. */
  static ofOutputs(resource: GraphResource): GraphInputs {
    return new GraphInputs(`${resource.name} (${resource.type})`, resource.outputs ?? {});
  }

  /** A text, or undefined when it is absent. */
  text(property: string): string | undefined {
    const value = this.#value(property);
    if (value === undefined || typeof value === "string") return value;
    throw this.#wrong(property, "a string");
  }

  /** A text that must be there. */
  requiredText(property: string): string {
    const value = this.text(property);
    if (value === undefined) throw this.#wrong(property, "a string");
    return value;
  }

  /** Several texts that must be there. */
  pick<K extends string>(...properties: readonly K[]): Record<K, string> {
    return Object.fromEntries(properties.map((property) => [property, this.requiredText(property)])) as Record<
      K,
      string
    >;
  }

  /** A number, or undefined when it is absent. */
  number(property: string): number | undefined {
    const value = this.#value(property);
    if (value === undefined || typeof value === "number") return value;
    throw this.#wrong(property, "a number");
  }

  /** A nested object; empty when it is absent. */
  object(property: string): GraphInputs {
    const value = this.#value(property) ?? {};
    if (!isGraphObject(value)) throw this.#wrong(property, "an object");
    return new GraphInputs(`${this.where} ${property}`, value);
  }

  /** A list of objects; empty when it is absent. */
  objects(property: string): readonly GraphInputs[] {
    const value = this.#value(property) ?? [];
    if (!Array.isArray(value)) throw this.#wrong(property, "a list");
    return value.map((item: GraphValue, index) => {
      const known = reveal(item);
      if (!isGraphObject(known)) throw this.#wrong(`${property}[${index}]`, "an object");
      return new GraphInputs(`${this.where} ${property}[${index}]`, known);
    });
  }

  /** A list of texts; empty when it is absent. */
  textList(property: string): readonly string[] {
    const value = this.#value(property) ?? [];
    if (!Array.isArray(value)) throw this.#wrong(property, "a list");
    return value.map((item: GraphValue, index) => {
      const known = reveal(item);
      if (typeof known !== "string") throw this.#wrong(`${property}[${index}]`, "a string");
      return known;
    });
  }

  /** Every text in this object, by name. */
  texts(): Record<string, string> {
    return Object.fromEntries(Object.keys(this.values).map((name) => [name, this.requiredText(name)]));
  }

  #value(property: string): GraphValue | undefined {
    const value = reveal(this.values[property]);
    if (containsUnknown(value)) throw this.#wrong(property, "known on this machine");
    return value ?? undefined;
  }

  #wrong(property: string, allowed: string): LocalPlaneError {
    return new LocalPlaneError("UnusableInput", `${this.where}: ${property} must be ${allowed}`);
  }
}
