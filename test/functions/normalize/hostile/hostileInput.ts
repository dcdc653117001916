import type { Transformation } from "../../../../contracts/transformation";
import type { NormalizeErrorCode } from "../../../../functions/normalize/errors";

/**
 * What must become of an input: a code; the upright width and height of the picture that it rightly holds; or
 * `either`, any picture of the asked size or a code that blames the image, where chance decides what was hit.
 */
export type Expected = NormalizeErrorCode | readonly [width: number, height: number] | "either";

/** One thing that someone may have stored under a key that ends in .jpg. */
export interface HostileInput {
  /** Unique within the corpus. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly expected: Expected;
  /** Options that differ from those the corpus is read with. */
  readonly options?: Partial<Transformation>;
}
