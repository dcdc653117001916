import { SageMakerUsage } from "../../../contracts/priceKey";
import { numberAt, textAt } from "../../quotas/graphInput";
import { type ChargeOrNot, unknownInput } from "../charge";
import { Range } from "../range";
import type { PricedKind } from "./pricedKind";

/** A notebook instance of SageMaker: the hours that it runs, and its volume, which stays when it is stopped. */
export const notebook: PricedKind = {
  types: ["aws:sagemaker/notebookInstance:NotebookInstance"],
  charges(resource, stack): readonly ChargeOrNot[] {
    const instanceType = textAt(resource.inputs, "instanceType");
    const volume = numberAt(resource.inputs, "volumeSize");
    const instances: ChargeOrNot =
      instanceType === undefined
        ? unknownInput("instance", "the instance type is not known")
        : {
            what: "instance",
            service: "AmazonSageMaker",
            usageType: `${SageMakerUsage.Notebook}:${instanceType}`,
            quantity: stack.quantity(resource, "hours", stack.usage.notebooks.hours),
            basis: "fixed",
          };
    return [
      instances,
      {
        what: "volume",
        service: "AmazonSageMaker",
        usageType: "Notebk:VolumeUsage.gp2",
        quantity: volume === undefined ? stack.usage.notebooks.volumeGb : Range.exactly(volume),
        basis: "fixed",
      },
    ];
  },
};
