import type { RunSummary } from "../../../contracts/runSummary";
import type { RunExhibits } from "../../job/runExhibits";
import type { EmbeddedAnswer, EmbeddedPicture } from "./embeddedPicture";

/** What the page of a run is made of. */
export interface RunReport {
  /** What `out/summary.json` has. */
  readonly summary: RunSummary;
  readonly exhibits: RunExhibits;
  readonly pictures: readonly EmbeddedPicture[];
  readonly answers: readonly EmbeddedAnswer[];
  /** When the run ended. */
  readonly made: Date;
}
