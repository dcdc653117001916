import { textAt } from "../../../quotas/graphInput";
import { Range } from "../../range";
import type { WasteBill } from "../wasteBill";
import type { WasteFinding, WasteKind } from "../wasteKind";

/** Services that have a gateway endpoint, which costs nothing. */
const GATEWAY = /\.(s3|dynamodb)$/;

/** Interface endpoints of services that a gateway endpoint reaches for nothing. */
export const s3InterfaceEndpoint: WasteKind = {
  id: "s3-interface-endpoint",
  title: "an interface endpoint where a gateway endpoint is free",
  find: (bill: WasteBill): readonly WasteFinding[] =>
    bill.ofTypes("aws:ec2/vpcEndpoint:VpcEndpoint").flatMap(([endpoint, named]): readonly WasteFinding[] => {
      const service = textAt(endpoint.inputs, "serviceName");
      const lines = bill.lines(endpoint, "VpcEndpoint-");
      if (service === undefined || !GATEWAY.test(service) || lines.length === 0) return [];
      return [
        {
          resources: [named],
          what: `${service} is reached through an interface endpoint`,
          fix: "an ec2.VpcEndpoint of type Gateway for the same service",
          provided: "nothing outside the VPC uses it",
          claims: lines.map((line) => ({ line, share: Range.exactly(1), lever: "amount" })),
        },
      ];
    }),
};
