import { readFile } from "node:fs/promises";
import sharp from "sharp";
import type { ClassifiedPicture } from "../../job/classifiedPicture";
import type { KeptPicture } from "../../job/keptPictures";

/** A picture small enough for a page, and what its file has. */
export interface ShownPicture {
  /** `data:` URI. */
  readonly source: string;
  /** Size on the page, in pixels. */
  readonly shown: { readonly width: number; readonly height: number };
  /** Size of the file's picture, as it is looked at, in pixels. */
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

/** A photograph and what became of it; a picture that cannot be decoded is absent. */
export interface EmbeddedPicture {
  readonly key: string;
  readonly before?: ShownPicture;
  readonly after?: ShownPicture;
}

/** Longest side on the page, in pixels, and the most bytes of a file that is taken as it is. */
const LONGEST = 320;
const AS_IT_IS = 40_000;

const QUALITY = 68;

/** Makes kept pictures small enough to stand in a page: about 20 kB each. */
export async function embeddedPictures(pictures: readonly KeptPicture[]): Promise<readonly EmbeddedPicture[]> {
  const embedded: EmbeddedPicture[] = [];
  // One after another: sharp uses every processor for one picture already.
  for (const { key, before, after } of pictures) {
    embedded.push({ key, before: await shownPicture(before), after: await shownPicture(after) });
  }
  return embedded;
}

/** A picture with its label and what it was taken for. */
export interface EmbeddedAnswer extends Pick<ClassifiedPicture, "name" | "label" | "answered"> {
  readonly picture?: ShownPicture;
}

/** Classified pictures that are shown of those that were right. */
const SHOWN_RIGHT = 24;

/** Makes classified pictures small enough to stand in a page: every one that was not right, and some that were. */
export async function embeddedAnswers(pictures: readonly ClassifiedPicture[]): Promise<readonly EmbeddedAnswer[]> {
  const isRight = ({ label, answered }: ClassifiedPicture): boolean => answered?.label === label;
  const right = pictures.filter(isRight);
  // Spread over the list, in which labels often stand in order.
  const some = right.filter(
    (_, i) => Math.floor((i * SHOWN_RIGHT) / right.length) !== Math.floor(((i - 1) * SHOWN_RIGHT) / right.length),
  );
  const embedded: EmbeddedAnswer[] = [];
  for (const { bytes, ...rest } of [...pictures.filter((one) => !isRight(one)), ...some]) {
    embedded.push({ ...rest, picture: await shownPicture(bytes) });
  }
  return embedded;
}

/** @param from bytes, or the file that has them */
async function shownPicture(from: string | Buffer): Promise<ShownPicture | undefined> {
  try {
    const bytes = typeof from === "string" ? await readFile(from) : from;
    const { autoOrient, format } = await sharp(bytes).metadata();
    const { width, height } = autoOrient;
    if (format === "jpeg" && bytes.length <= AS_IT_IS && Math.max(width, height) <= LONGEST) {
      const source = `data:image/jpeg;base64,${bytes.toString("base64")}`;
      return { source, shown: { width, height }, width, height, bytes: bytes.length };
    }
    const { data, info } = await sharp(bytes)
      .autoOrient()
      .resize(LONGEST, LONGEST, { fit: "inside", withoutEnlargement: true })
      .webp({ quality: QUALITY, effort: 2 })
      .toBuffer({ resolveWithObject: true });
    const source = `data:image/webp;base64,${data.toString("base64")}`;
    return { source, shown: { width: info.width, height: info.height }, width, height, bytes: bytes.length };
  } catch {
    // A user's own photographs may be broken, which the run's failures tell; the page does without.
    return undefined;
  }
}
