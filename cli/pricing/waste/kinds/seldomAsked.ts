import { instanceFamily } from "../../../../contracts/instanceFamilies";
import { costOf } from "../../book/priceBook";
import { Decimal } from "../../decimal";
import { Range } from "../../range";
import { type HostedVariant, hostedVariants } from "../hostedVariants";
import type { WasteBill } from "../wasteBill";
import type { NotJudged, WasteFinding, WasteKind } from "../wasteKind";

/** Sizes of a serverless endpoint: the smallest, and the greatest, which is expected since the model's is not known. */
const [SMALLEST, GREATEST] = ["ServerlessInf:Mem-1GB", "ServerlessInf:Mem-6GB"];

/**
 * Endpoints whose requests a serverless one would answer for less. Judged only where the usage file tells how often they
 * are asked.
 */
export const seldomAsked: WasteKind = {
  id: "seldom-asked",
  title: "an endpoint that is seldom asked",
  find: (bill: WasteBill): readonly (WasteFinding | NotJudged)[] =>
    hostedVariants(bill)
      .filter(fitsServerless)
      .flatMap((variant): readonly (WasteFinding | NotJudged)[] => {
        const { endpoint, named, instanceType, lines } = variant;
        const { given, serving, resources } = bill.stack.usage;
        const own = [endpoint.urn, `${endpoint.type}::${endpoint.name}`, endpoint.name];
        if (!given.has("serving.forecastsPerCustomer") && !own.some((name) => resources[name]?.["requests"]))
          return [{ resource: named, why: "how often it is asked is not in the usage file" }];
        const requests = bill.stack.quantity(endpoint, "requests", bill.stack.forecasts);
        const each = bill.stack.quantity(endpoint, "milliseconds", serving.milliseconds);
        const cost = serverless(bill, bill.stack.region(endpoint) ?? "", requests.times(each).over(1000));
        const paid = Range.sum(lines.map(({ monthly }) => monthly));
        if (cost === undefined || paid.low.isZero) return [];
        const left = (now: Decimal, then: Decimal): Decimal => Decimal.most([Decimal.ZERO, now.minus(then).over(now)]);
        const share = Range.of(
          left(paid.low, cost.high),
          left(paid.expected, cost.expected),
          Decimal.most([left(paid.high, cost.low), left(paid.expected, cost.expected)]),
        );
        return [
          {
            resources: [named],
            what: `${instanceType} waits for requests that are answered in little of its time`,
            fix: "a serverless endpoint, which is paid while it answers",
            provided: "the model fits into 6 GB, and some answers may take seconds longer",
            claims: lines.map((line) => ({ line, share, lever: "amount" })),
          },
        ];
      }),
};

/** Serverless endpoints have neither accelerators nor many models nor variants beside each other. */
function fitsServerless({ several, asynchronous, manyModels, instanceType, lines }: HostedVariant): boolean {
  const family = instanceFamily(instanceType.split(".")[1] ?? "");
  return !several && !asynchronous && !manyModels && lines.length > 0 && family?.accelerator === undefined;
}

function serverless(bill: WasteBill, region: string, seconds: Range): Range | undefined {
  const [least, most] = [SMALLEST, GREATEST].map((usageType) =>
    usageType === undefined ? undefined : bill.book.find({ service: "AmazonSageMaker", region, usageType }),
  );
  if (least === undefined || most === undefined) return undefined;
  return Range.of(costOf(least, seconds.low).usd, costOf(most, seconds.expected).usd, costOf(most, seconds.high).usd);
}
