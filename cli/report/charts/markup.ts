/** Text of HTML or SVG that is known to be well-formed: whatever was put into it as text is escaped. */
export class Markup {
  private constructor(private readonly source: string) {}

  /** Markup made by us as it stands, for example a style sheet. Never for what a program, a file or a user says. */
  static trusted(source: string): Markup {
    return new Markup(source);
  }

  toString(): string {
    return this.source;
  }
}

/** What can be put into markup: text and numbers are escaped, markup stays, lists are joined, and nothing is nothing. */
export type MarkupValue = string | number | Markup | undefined | false | readonly MarkupValue[];

/**
 * Builds markup from a template. Every value is escaped, in attributes too, which must be quoted.
 * @example markup`<td title="${name}">${name}</td>`
 */
export function markup(template: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  return Markup.trusted(template.map((text, at) => text + written(values[at])).join(""));
}

function written(value: MarkupValue): string {
  if (value === undefined || value === false) return "";
  if (value instanceof Markup) return value.toString();
  if (typeof value === "object") return value.map(written).join("");
  return escaped(String(value));
}

/** Characters that no XML document may have; a program can name a resource with them all the same. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const NO_CHARACTER = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

/** Characters that turn the direction of text around: a name with one could make a line read as another. */
const DIRECTION = /[\u202a-\u202e\u2066-\u2069]/gu;

function escaped(text: string): string {
  return text
    .replace(NO_CHARACTER, "\ufffd")
    .replace(DIRECTION, "\ufffd")
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
