import { Range } from "../../range";
import { type HostedVariant, hostedVariants } from "../hostedVariants";
import type { WasteBill } from "../wasteBill";
import type { WasteFinding, WasteKind } from "../wasteKind";

/** Instances of an endpoint whose number is not known: at most one of four need not wait. */
const UNKNOWN = Range.of(0, 0, 0.75);

/**
 * Instances that wait while nobody asks: an endpoint of several that does not scale, or never below several; an
 * asynchronous one that never scales to none. They are needed for the busy share of the month.
 */
export const idleInstances: WasteKind = {
  id: "idle-instances",
  title: "instances that wait for requests",
  find: (bill: WasteBill): readonly WasteFinding[] =>
    hostedVariants(bill).flatMap((variant): readonly WasteFinding[] => {
      const { named, asynchronous, instanceType, lines } = variant;
      const spare = spareShare(variant);
      if (spare.isZero) return [];
      const share = spare.times(bill.stack.usage.serving.busyShare.rest());
      return [
        {
          resources: [named],
          what: described(variant),
          fix: asynchronous
            ? "an appautoscaling Target with minCapacity 0, and a policy on the queue's backlog"
            : "an appautoscaling Target with minCapacity 1, and a target tracking policy",
          // Several instances stand in several zones, which may be what they are for.
          ...(!asynchronous && { provided: "the quiet hours need no second instance, nor a second zone" }),
          claims: lines.map((line) => ({ line, share, lever: "amount" })),
          ...(lines.length === 0 && { unpriced: `no price of ${instanceType} is in the book` }),
        },
      ];
    }),
};

function described({ scales, least, instanceType }: HostedVariant): string {
  if (least === undefined) return `how many ${instanceType} are always there is not known`;
  return scales
    ? `it scales, but never below ${least} × ${instanceType}`
    : `${least} × ${instanceType} at all hours: nothing scales it`;
}

/** Share of the instances that need not be there when nobody asks. */
function spareShare({ least, asynchronous }: HostedVariant): Range {
  if (asynchronous) return least === 0 ? Range.ZERO : Range.exactly(1);
  if (least === undefined) return UNKNOWN;
  return least > 1 ? Range.exactly(least - 1).over(least) : Range.ZERO;
}
