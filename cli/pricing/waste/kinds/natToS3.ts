import { textAt } from "../../../quotas/graphInput";
import type { WasteBill } from "../wasteBill";
import type { WasteFinding, WasteKind } from "../wasteKind";

/** S3's gateway endpoint in any Region. */
const S3 = /\.s3$/;

/** Data of S3 through a NAT gateway, which a gateway endpoint carries for nothing. */
export const natToS3: WasteKind = {
  id: "nat-to-s3",
  title: "S3 through a NAT gateway",
  find(bill: WasteBill): readonly WasteFinding[] {
    const services = bill
      .ofTypes("aws:ec2/vpcEndpoint:VpcEndpoint")
      .filter(([{ inputs }]) => (inputs["vpcEndpointType"] ?? "Gateway") === "Gateway")
      .map(([{ inputs }]) => textAt(inputs, "serviceName"));
    if (services.some((service) => service !== undefined && S3.test(service))) return [];
    return bill.ofTypes("aws:ec2/natGateway:NatGateway").map(([nat, named]): WasteFinding => {
      const lines = bill.lines(nat, "NatGateway-Bytes");
      return {
        resources: [named],
        what: "this stack has no gateway endpoint for S3, so data of S3 passes the NAT gateway",
        fix: "an ec2.VpcEndpoint of type Gateway for S3 on the private route tables, which costs nothing",
        ...(services.includes(undefined) && { provided: "the endpoint whose service is not known is not S3's" }),
        claims: lines.map((line) => ({ line, share: bill.stack.usage.network.s3Share, lever: "amount" })),
        ...(lines.length === 0 && { unpriced: "no price of NAT gateways is in the book for its Region" }),
      };
    });
  },
};
