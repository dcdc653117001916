import { Decimal } from "../../decimal";
import { Range } from "../../range";
import type { WasteBill } from "../wasteBill";
import type { WasteFinding, WasteKind } from "../wasteKind";

const NOTEBOOK = "aws:sagemaker/notebookInstance:NotebookInstance";

/** Notebook instances that nothing stops: they run at night and on Sundays too. */
export const unstoppedNotebook: WasteKind = {
  id: "unstopped-notebook",
  title: "a notebook that nothing stops",
  find: (bill: WasteBill): readonly WasteFinding[] =>
    bill.ofTypes(NOTEBOOK).flatMap(([notebook, named]): readonly WasteFinding[] => {
      const stops = notebook.inputs["lifecycleConfigName"];
      if (typeof stops === "string" && stops !== "") return [];
      const lines = bill.lines(notebook, "Notebk:ml.");
      return [
        {
          resources: [named],
          what: "it has no lifecycle configuration, so nothing stops it when nobody works on it",
          fix: "a lifecycle configuration that stops it when it is idle, or Studio, which does so itself",
          ...(stops !== undefined && { provided: "its lifecycle configuration, which is not known, does not stop it" }),
          claims: lines.map((line) => ({
            line,
            share: idle(line.quantity, bill.stack.usage.notebooks.workedHours),
            lever: "amount",
          })),
          ...(lines.length === 0 && { unpriced: "no price of its instance is in the book" }),
        },
      ];
    }),
};

/** Share of the hours in which nobody works. */
function idle(runs: Range, worked: Range): Range {
  const share = (all: Decimal, used: Decimal): Decimal =>
    all.isZero ? Decimal.ZERO : Decimal.most([Decimal.ZERO, all.minus(used).over(all)]);
  return Range.of(share(runs.low, worked.high), share(runs.expected, worked.expected), share(runs.high, worked.low));
}
