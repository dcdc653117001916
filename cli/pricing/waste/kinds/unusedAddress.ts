import type { GraphResource } from "../../../../contracts/graph";
import { textAt } from "../../../quotas/graphInput";
import { Range } from "../../range";
import type { WasteBill } from "../wasteBill";
import type { WasteFinding, WasteKind } from "../wasteKind";

/** Public addresses that nothing uses. */
export const unusedAddress: WasteKind = {
  id: "unused-address",
  title: "a public address that nothing uses",
  find: (bill: WasteBill): readonly WasteFinding[] =>
    bill
      .ofTypes("aws:ec2/eip:Eip")
      .filter(([address]) => !isAttached(address, bill))
      .map(([address, named]): WasteFinding => {
        const lines = bill.lines(address, "PublicIPv4:");
        return {
          resources: [named],
          what: "nothing in this stack uses it",
          fix: "release it",
          provided: "nothing outside this stack uses it",
          claims: lines.map((line) => ({ line, share: Range.exactly(1), lever: "amount" })),
          ...(lines.length === 0 && { unpriced: "no price of public addresses is in the book for its Region" }),
        };
      }),
};

function isAttached(address: GraphResource, { stack }: WasteBill): boolean {
  const { inputs, outputs, urn, id } = address;
  if (inputs["instance"] !== undefined || inputs["networkInterface"] !== undefined) return true;
  if (["associationId", "instance", "networkInterface"].some((name) => textAt(outputs, name))) return true;
  return stack.resources.some(
    (other) =>
      other.urn !== urn &&
      (other.dependencies.includes(urn) || (id !== undefined && JSON.stringify(other.inputs).includes(`"${id}"`))),
  );
}
