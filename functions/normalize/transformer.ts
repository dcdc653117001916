import type { TimeLeft } from "./deadline";
import type { NormalizeError } from "./errors";
import type { Transformed } from "./image";

export type { Transformed };

/** What is done to an object while it is read, with its options: an image's transformation, or a team's own module. */
export interface Transformer {
  /** Twelve hexadecimal digits that name it in ETag, metadata, derived prefixes and logs. */
  readonly hash: string;
  /** Most bytes of an original, so that no object exhausts the function. */
  readonly maxBytes: number;
  /**
   * Transforms one original.
   * @param left tells how long somebody waits for it: work that goes on after that would slow the next read. Defaults to
   *   without end
   * @throws NormalizeError
   */
  transform(bytes: Uint8Array, left?: TimeLeft): Promise<Transformed>;
  /** What stands in for an original that fails so; undefined when nothing does. */
  standIn(error: NormalizeError): Promise<Transformed | undefined>;
}

/**
 * Makes a transformer of its canonical text, or of an empty one, which is its default.
 * @throws Error when the text is not valid
 */
export type ParseTransformer = (text: string) => Transformer;
