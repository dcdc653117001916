import type { GraphResource } from "../../../../contracts/graph";
import { architecture } from "../../resources/lambdaFunction";
import type { WasteBill } from "../wasteBill";
import type { NotJudged, WasteFinding, WasteKind } from "../wasteKind";

const FUNCTION = "aws:lambda/function:Function";
const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
const WARM = "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig";

/** Functions on x86, for whose time Graviton charges a fifth less; requests cost the same. */
export const functionOnX86: WasteKind = {
  id: "function-on-x86",
  title: "a function on x86",
  find: (bill: WasteBill): readonly (WasteFinding | NotJudged)[] =>
    bill.ofTypes(FUNCTION).flatMap(([lambda, named]): readonly (WasteFinding | NotJudged)[] => {
      const processor = architecture(lambda);
      if (processor === "arm64" || runsAtEdge(lambda, bill)) return [];
      const warm = bill.stack.dependents(lambda, WARM, "functionName");
      const claims = [lambda, ...warm]
        .flatMap((resource) => bill.lines(resource, "Lambda-"))
        .flatMap((line) => {
          const { usageType } = line.price.key;
          const share = usageType.endsWith("-ARM") ? undefined : bill.cheaperBy(line, `${usageType}-ARM`);
          return share ? [{ line, share, lever: "price" as const }] : [];
        });
      if (claims.length === 0)
        return [{ resource: named, why: "its time has no price in the book for both processors" }];
      const unknown = processor === "unknown";
      return [
        {
          resources: [named],
          what: unknown ? "its processor is not known" : "it runs on x86",
          fix: 'architectures: ["arm64"]',
          provided: `${unknown ? "it runs on x86, and " : ""}nothing in it is compiled for x86 alone`,
          claims,
        },
      ];
    }),
};

/** CloudFront's edges have no Graviton (lambda-at-edge-function-restrictions.html). */
function runsAtEdge(lambda: GraphResource, { stack }: WasteBill): boolean {
  const behaviors = ["defaultCacheBehavior", "orderedCacheBehaviors"];
  return behaviors.some((property) => stack.dependents(lambda, DISTRIBUTION, property).length > 0);
}
