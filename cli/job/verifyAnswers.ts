import { readFile } from "node:fs/promises";
import sharp from "sharp";
import {
  Channels,
  DEFAULT_TRANSFORMATION,
  type Transformation,
  transformationHash,
} from "../../contracts/transformation";
import type { Photograph } from "./photographs";

/** Largest mean difference to OpenCV's picture after JPEG, in grey levels of 256. */
export const MAX_GOLDEN_DIFFERENCE = 1;

/** What one delivery answered. */
export interface DeliveredAnswer {
  readonly delivery: string;
  readonly bytes: Uint8Array;
}

/**
 * Checks the answers for one photograph: the size and channels that the transformation says, the same bytes from
 * every delivery, and, where there is one, OpenCV's picture.
 * @returns what is wrong, one line each
 */
export async function verifyAnswers(
  picture: Photograph,
  answers: readonly DeliveredAnswer[],
  transformation: Transformation,
): Promise<readonly string[]> {
  const failures: string[] = [];
  for (const { delivery, bytes } of answers) {
    const wrong = await wrongShape(bytes, transformation);
    if (wrong) failures.push(`${picture.key} through ${delivery}: ${wrong}`);
  }
  const [first, ...others] = answers;
  if (first === undefined || failures.length > 0) return failures;
  for (const other of others) {
    if (Buffer.compare(first.bytes, other.bytes) !== 0) {
      failures.push(`${picture.key}: ${first.delivery} and ${other.delivery} answer with different bytes`);
    }
  }
  if (
    picture.golden !== undefined &&
    transformationHash(transformation) === transformationHash(DEFAULT_TRANSFORMATION)
  ) {
    const difference = await meanDifference(first.bytes, await readFile(picture.golden));
    if (!(difference <= MAX_GOLDEN_DIFFERENCE)) {
      failures.push(
        `${picture.key}: differs from OpenCV by ${difference.toFixed(2)} on average; allowed: ${MAX_GOLDEN_DIFFERENCE}`,
      );
    }
  }
  return failures;
}

async function wrongShape(bytes: Uint8Array, transformation: Transformation): Promise<string | undefined> {
  try {
    const { format, width, height, channels } = await sharp(bytes).metadata();
    const given = `${format} ${width}x${height} with ${channels} channels`;
    const wanted = `jpeg ${transformation.width}x${transformation.height} with ${transformation.channels === Channels.Grey ? 1 : 3} channels`;
    return given === wanted ? undefined : `answered ${given}; expected ${wanted}`;
  } catch (error) {
    return `answered ${bytes.length} bytes that are no image: ${error instanceof Error ? error.message : error}`;
  }
}

/** Mean absolute difference of two grey pictures of the same size, in levels of 256. */
export async function meanDifference(a: Uint8Array, b: Uint8Array): Promise<number> {
  const [first, second] = await Promise.all([a, b].map((bytes) => sharp(bytes).toColourspace("b-w").raw().toBuffer()));
  if (first === undefined || second === undefined || first.length !== second.length) return Number.NaN;
  return first.reduce((sum, value, index) => sum + Math.abs(value - (second[index] ?? 0)), 0) / first.length;
}
