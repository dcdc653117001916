import { Decimal } from "../../decimal";
import type { WasteBill } from "../wasteBill";
import type { WasteFinding, WasteKind } from "../wasteKind";

/** Months of logs that are left: 30 days of a month of 730 hours. */
const KEPT_MONTHS = Decimal.of(30).over(Decimal.of(730 / 24));

/** Log groups that keep everything for ever, though nobody reads logs of last year. */
export const logsForEver: WasteKind = {
  id: "logs-for-ever",
  title: "logs that are kept for ever",
  find: (bill: WasteBill): readonly WasteFinding[] =>
    bill.ofTypes("aws:cloudwatch/logGroup:LogGroup").flatMap(([group, named]): readonly WasteFinding[] => {
      const { retentionInDays: days, logGroupClass } = group.inputs;
      const known = days === undefined || typeof days === "number";
      // The class DELIVERY has a retention of its own.
      if ((known && days !== undefined && days > 0) || logGroupClass === "DELIVERY") return [];
      const share = bill.stack.usage.logs.foreverMonths.each((months) =>
        Decimal.most([Decimal.ZERO, Decimal.of(1).minus(KEPT_MONTHS.over(Decimal.most([months, KEPT_MONTHS])))]),
      );
      const lines = bill.lines(group, "TimedStorage-ByteHrs");
      return [
        {
          resources: [named],
          what: known ? "it has no retention, so nothing is ever deleted" : "its retention is not known",
          fix: "retentionInDays: 30, or the days in which somebody still reads it",
          ...(!known && { provided: "it keeps everything" }),
          claims: lines.map((line) => ({ line, share, lever: "amount" })),
          ...(lines.length === 0 && { unpriced: "no price of logs is in the book for its Region" }),
        },
      ];
    }),
};
