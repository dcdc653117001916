import { pipelineSteps } from "../../resources/pipeline";
import type { WasteBill } from "../wasteBill";
import type { NotJudged, WasteFinding, WasteKind } from "../wasteKind";

const PIPELINE = "aws:sagemaker/pipeline:Pipeline";

/** Jobs that run once, when they are made: what a month of them costs nobody can tell. */
const JOBS = ["aws:sagemaker/trainingJob:TrainingJob", "aws:sagemaker/hyperParameterTuningJob:HyperParameterTuningJob"];

/**
 * Training on demand that could run on spot capacity. AWS promises no discount (up to 90 %), so none is expected unless
 * the usage file does.
 */
export const trainingOnDemand: WasteKind = {
  id: "training-on-demand",
  title: "training on demand",
  find: (bill: WasteBill): readonly (WasteFinding | NotJudged)[] => [
    ...bill.ofTypes(PIPELINE).flatMap(([pipeline, named]): readonly (WasteFinding | NotJudged)[] => {
      const steps = pipelineSteps(pipeline);
      if (steps === undefined) return [{ resource: named, why: "its definition is not known, or is no JSON" }];
      return steps
        .filter(({ usage, spot, warm }) => usage === "Train" && !spot && !warm)
        .map(({ name, instanceType = "instances of a type that is not known" }): WasteFinding => {
          const lines = bill.lines(pipeline, "Train:ml.").filter(({ what }) => what === `step ${name}: instances`);
          const share = bill.stack.usage.training.spotDiscount;
          return {
            resources: [named],
            what: `step ${name} trains on ${instanceType} on demand`,
            fix: "EnableManagedSpotTraining with a CheckpointConfig and a MaxWaitTimeInSeconds",
            provided: "it goes on from its newest checkpoint after an interruption",
            claims: lines.map((line) => ({ line, share, lever: "price" })),
            ...(lines.length === 0 && { unpriced: `no price of ${instanceType} is in the book` }),
          };
        });
    }),
    ...bill.ofTypes(...JOBS).map(([, named]) => ({
      resource: named,
      why: "it runs once, when it is made: on spot capacity it costs up to 90 % less each time",
    })),
  ],
};
