import type { ResourceGraph } from "../../contracts/graph";
import type { CheckResult } from "../check/checkResult";
import type { ClassifiedPicture } from "./classifiedPicture";
import type { ComparedForecast } from "./comparedForecast";
import type { KeptPicture } from "./keptPictures";
import type { StackPrice } from "./priceStack";

/** What a run of the main job has to show besides its summary: the objects that the summary's figures are of. */
export interface RunExhibits {
  /** The stack as it ran, with ids and ARNs. */
  readonly graph: ResourceGraph;
  readonly check: CheckResult;
  /** Absent when it could not be priced; the summary's failures say why. */
  readonly price?: StackPrice;
  readonly pictures: readonly KeptPicture[];
  readonly forecasts: readonly ComparedForecast[];
  readonly classified: readonly ClassifiedPicture[];
}
