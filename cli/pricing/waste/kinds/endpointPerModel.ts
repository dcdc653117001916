import { Range } from "../../range";
import { type HostedVariant, hostedVariants } from "../hostedVariants";
import type { WasteBill } from "../wasteBill";
import type { WasteFinding, WasteKind } from "../wasteKind";

/**
 * Endpoints of one model each, on the same instance type in the same Region: one endpoint with many models loads each
 * when it is asked for. What stays is the dearest of them.
 */
export const endpointPerModel: WasteKind = {
  id: "endpoint-per-model",
  title: "an endpoint for each model",
  find(bill: WasteBill): readonly WasteFinding[] {
    const alike = new Map<string, HostedVariant[]>();
    for (const variant of hostedVariants(bill)) {
      if (variant.several || variant.asynchronous || variant.manyModels) continue;
      const key = `${variant.instanceType} ${bill.stack.region(variant.endpoint) ?? ""}`;
      alike.set(key, [...(alike.get(key) ?? []), variant]);
    }
    return [...alike.values()]
      .filter((variants) => variants.length > 1)
      .map((variants): WasteFinding => {
        const [stays, ...others] = [...variants].sort((a, b) => cost(b).expected.compare(cost(a).expected));
        const type = stays?.instanceType ?? "";
        const lines = others.flatMap((one) => one.lines);
        return {
          resources: variants.map(({ named }) => named),
          what: `${variants.length} endpoints on ${type}, a model each`,
          fix: "serve all of them from one multi-model endpoint, as large as the dearest of them",
          provided: "the models share a container, and one endpoint bears their requests",
          claims: lines.map((line) => ({ line, share: Range.exactly(1), lever: "amount" })),
          ...(lines.length === 0 && { unpriced: `no price of ${type} is in the book` }),
        };
      });
  },
};

function cost({ lines }: HostedVariant): Range {
  return Range.sum(lines.map(({ monthly }) => monthly));
}
