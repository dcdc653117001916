import type { AnsweredLabel } from "./classifierClient";
import type { LabelledPicture } from "./labelledPictures";

/** A picture whose label is known, and what a classifier said of it. */
export interface ClassifiedPicture extends LabelledPicture {
  /** Its first answer; absent when there was none. */
  readonly answered?: AnsweredLabel;
}
