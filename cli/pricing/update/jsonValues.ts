/** A part of a JSON document: the names that lead to it, and the part itself. */
export interface JsonPart {
  readonly path: readonly string[];
  readonly value: unknown;
}

interface Container {
  readonly list: boolean;
  name: string;
  index: number;
  /** True while the next text is a name. */
  naming: boolean;
}

/**
 * Reads parts of a JSON document of any size: only the parts that are wanted are ever held, one at a time, and only they
 * are checked to be JSON. A place in a list is named by its number.
 * @param chunks the document, cut anywhere between characters
 * @param wanted whether the value at a path is a part; its own parts are not asked about
 * @param deepest names in the longest path that may be wanted: what lies deeper is passed over faster
 * @throws SyntaxError when a part is no JSON, or the document ends too early
 */
export async function* jsonValues(
  chunks: AsyncIterable<string>,
  wanted: (path: readonly string[]) => boolean,
  deepest = Number.POSITIVE_INFINITY,
): AsyncGenerator<JsonPart> {
  const open: Container[] = [];
  let inText = false;
  let escaped = false;
  let name = "";
  let part = "";
  // Depth at which the part began; -1 outside of parts. A part that is no container ends before the next comma or bracket.
  let depth = -1;
  let path: readonly string[] = [];
  let begun = false;
  const finish = (): JsonPart => {
    const value: unknown = JSON.parse(part);
    part = "";
    depth = -1;
    return { path, value };
  };
  for await (const chunk of chunks) {
    let from = 0;
    let backslash = -1;
    for (let at = 0; at < chunk.length; at++) {
      if (inText) {
        if (escaped) {
          escaped = false;
          continue;
        }
        if (backslash < at) backslash = found(chunk.indexOf("\\", at));
        const quote = found(chunk.indexOf('"', at));
        at = Math.min(quote, backslash, chunk.length);
        if (at === backslash) escaped = true;
        else if (at === quote) {
          inText = false;
          if (open.at(-1)?.naming && depth < 0) name = JSON.parse(`"${name}${chunk.slice(from, at)}"`);
        }
        continue;
      }
      const character = chunk.charAt(at);
      const top = open.at(-1);
      if (character === " " || character === "\n" || character === "\r" || character === "\t") continue;
      if (character === ":" && top?.naming) {
        top.naming = false;
        top.name = name;
        name = "";
        continue;
      }
      const closing = character === "}" || character === "]";
      if (character === "," || closing) {
        if (depth === open.length && depth >= 0) {
          part += chunk.slice(from, at);
          yield finish();
        }
        if (character === ",") {
          if (top?.list) top.index++;
          else if (top) top.naming = true;
          continue;
        }
        open.pop();
        if (top === undefined) throw new SyntaxError("a bracket closes nothing");
        if (depth === open.length && depth >= 0) {
          part += chunk.slice(from, at + 1);
          yield finish();
        }
        continue;
      }
      // A value or a name begins, or a number or word goes on.
      if (character === '"' && top?.naming && depth < 0) {
        inText = true;
        from = at + 1;
        name = "";
        continue;
      }
      if (depth < 0 && open.length <= deepest && !(top?.naming ?? false)) {
        const here = open.map((container) => (container.list ? String(container.index) : container.name));
        if ((!begun || open.length > 0) && wanted(here)) {
          path = here;
          depth = open.length;
          from = at;
        }
      }
      begun = true;
      if (character === '"') inText = true;
      else if (character === "{" || character === "[") {
        const list = character === "[";
        open.push({ list, name: "", index: 0, naming: !list });
      }
    }
    if (depth >= 0) part += chunk.slice(from);
    else if (inText && open.at(-1)?.naming) name += chunk.slice(from);
  }
  if (open.length > 0 || inText || !begun) throw new SyntaxError("the document ends too early");
  if (depth === 0) yield finish();
}

/** A place in a text; beyond its end when there is none. */
function found(index: number): number {
  return index < 0 ? Number.POSITIVE_INFINITY : index;
}
