/** How text is set: the size of its letters in pixels, and whether they are bold. */
export interface TextStyle {
  readonly size?: number;
  readonly bold?: boolean;
}

/**
 * Widths of characters as shares of the size of the letters, rounded up from DejaVu Sans, the widest of the fonts that systems
 * show a page in: what fits in it fits in all of them.
 */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[ ijlI.,:;'|]/, 0.34],
  [/[ft()[\]/!r-]/, 0.4],
  [/[cksvxyz_]/, 0.57],
  [/[aeo]/, 0.62],
  [/[mwMW%@—…]/, 1],
  [/[A-Z&+=<>~×–]/, 0.79],
];
const OTHERS = 0.64;
/** How much wider bold letters are. */
const BOLD = 1.12;

/** Pixels that a text takes at most, about. */
export function textWidth(text: string, { size = 12, bold = false }: TextStyle = {}): number {
  let width = 0;
  for (const character of text) width += WIDTHS.find(([kind]) => kind.test(character))?.[1] ?? OTHERS;
  return width * size * (bold ? BOLD : 1);
}

/** A text that fits into so many pixels, cut where it would not. */
export function fitted(text: string, pixels: number, style?: TextStyle): string {
  if (textWidth(text, style) <= pixels) return text;
  return `${[...text].slice(0, Math.max(1, fitting(text, pixels, style, "…"))).join("")}…`;
}

/**
 * A text on as many lines as it needs, up to so many; the last is cut where it would not fit. Lines end after a space, a dash or
 * a slash where there is one.
 */
export function wrapped(text: string, pixels: number, most: number, style?: TextStyle): readonly string[] {
  if (most <= 1 || textWidth(text, style) <= pixels) return [fitted(text, pixels, style)];
  const characters = [...text];
  const room = Math.max(1, fitting(text, pixels, style));
  // A space at the end of a line takes no room.
  const seam = characters.findLastIndex(
    (character, i) => (i < room && /[-/ ]/.test(character)) || (i === room && character === " "),
  );
  const end = seam > 3 ? seam + 1 : room;
  const [first, rest] = [characters.slice(0, end).join("").trimEnd(), characters.slice(end).join("").trimStart()];
  return rest === "" ? [first] : [first, ...wrapped(rest, pixels, most - 1, style)];
}

/** How many characters of a text fit with that tail; measured as whole texts are, since sums in another order round differently. */
function fitting(text: string, pixels: number, style?: TextStyle, tail = ""): number {
  const characters = [...text];
  return characters.findIndex((_, i) => textWidth(`${characters.slice(0, i + 1).join("")}${tail}`, style) > pixels);
}
