import { Decimal } from "../../decimal";
import type { LineItem } from "../../priceResult";
import { Range } from "../../range";
import type { WasteBill } from "../wasteBill";
import type { WasteFinding, WasteKind } from "../wasteKind";

const WARM = "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig";
const ENDPOINT = "aws:sagemaker/endpoint:Endpoint";

/** Provisioned concurrency that waits: time of functions and serverless endpoints that is paid and not used. */
export const idleConcurrency: WasteKind = {
  id: "idle-concurrency",
  title: "provisioned concurrency that waits",
  find: (bill: WasteBill): readonly WasteFinding[] => [
    ...bill.ofTypes(WARM).flatMap(([warm]) => {
      const [lambda] = bill.stack.dependencies(warm, "aws:lambda/function:Function", "functionName");
      const used = lambda ? bill.lines(lambda, "Lambda-GB-Second") : [];
      return bill.lines(warm, "Lambda-Provisioned-Concurrency").map((line) => finding(line, used));
    }),
    ...bill.ofTypes(ENDPOINT).flatMap(([endpoint]) => {
      const used = bill.lines(endpoint, "ServerlessInf:Mem-");
      return bill.lines(endpoint, "ServerlessInf:ProvisionedConcurrency:Usage-").map((line) => finding(line, used));
    }),
  ],
};

function finding(line: LineItem, used: readonly LineItem[]): WasteFinding {
  const time = Range.sum(used.map(({ quantity }) => quantity));
  return {
    resources: [line.resource],
    what: "it is paid at all hours, whether there are requests or not",
    fix: "remove it, or scale it by a schedule with the hours in which requests come",
    provided: "requests bear a cold start",
    claims: [{ line, share: idle(line.quantity, time), lever: "amount" }],
  };
}

/** Share of what is provisioned in which nothing runs. */
function idle(provisioned: Range, used: Range): Range {
  const share = (all: Decimal, part: Decimal): Decimal =>
    all.isZero ? Decimal.ZERO : Decimal.most([Decimal.ZERO, all.minus(part).over(all)]);
  return Range.of(
    share(provisioned.low, used.high),
    share(provisioned.expected, used.expected),
    share(provisioned.high, used.low),
  );
}
