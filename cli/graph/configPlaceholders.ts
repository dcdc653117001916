import type { Placeholder } from "../../contracts/graph";
import { configText, secretText } from "./placeholderText";
import type { StackConfig } from "./stackConfig";

/** What the SDK says of a value that is required and missing. Source: `@pulumi/pulumi/config`, `ConfigMissingError`. */
const MISSING = /Missing required configuration variable '([^']+)'/g;

/** What it says of a value of the wrong kind. Source: `@pulumi/pulumi/config`, `ConfigTypeError`. */
const WRONG_KIND = /Configuration '([^']+)' value '[^']*' is not a valid (\w+)/g;

/** Placeholders that cannot carry a mark, since a program wants something else than text. */
const BY_KIND: Readonly<Record<string, string>> = {
  number: "1",
  integer: "1",
  boolean: "false",
  array: "[]",
  object: "{}",
  JSON: "{}",
};

/**
 * Finds out which configuration a program of others needs, by what it misses, one run after the other. What the
 * project proposes for new stacks comes first. Text that is computed from a placeholder becomes unknown; a number, a
 * boolean or an object cannot be marked, hence the flags.
 */
export class ConfigPlaceholders {
  readonly #values = new Map<string, string>();
  readonly #given: StackConfig;

  constructor(given: StackConfig) {
    this.#given = given;
  }

  /** The given configuration and the placeholders so far. */
  get config(): StackConfig {
    return { ...this.#given, values: { ...this.#given.values, ...Object.fromEntries(this.#values) } };
  }

  /** Everything that stands in for a configuration value. */
  get flags(): readonly Placeholder[] {
    const missing = [...this.#values.keys()].map((name): Placeholder => ({ kind: "config", name }));
    return [...this.#given.placeholders.map((name): Placeholder => ({ kind: "secret-config", name })), ...missing];
  }

  /** Adds placeholders for what the project declares and nobody gives. */
  addDeclared(): void {
    for (const { key, type } of this.#given.missing)
      this.#values.set(key, this.#given.proposed[key] ?? BY_KIND[type] ?? configText(key));
  }

  /**
   * Adds placeholders for what a failed run misses.
   * @returns whether there was anything to add, so that another run may succeed
   */
  addMissing(message: string): boolean {
    const before = JSON.stringify([...this.#values]);
    for (const [, key = ""] of message.matchAll(MISSING)) {
      if (!this.#values.has(key)) this.#values.set(key, this.#given.proposed[key] ?? configText(key));
    }
    for (const [, key = "", kind = ""] of message.matchAll(WRONG_KIND)) {
      const standIn = BY_KIND[kind];
      const current = this.config.values[key];
      const isOurs = current === configText(key) || current === secretText();
      if (isOurs && standIn !== undefined) this.#values.set(key, standIn);
    }
    return JSON.stringify([...this.#values]) !== before;
  }
}
