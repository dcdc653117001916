import { Range } from "../range";
import type { PricedKind } from "./pricedKind";

/** A secret of Secrets Manager. */
export const secret: PricedKind = {
  types: ["aws:secretsmanager/secret:Secret"],
  charges: () => [
    {
      what: "secret",
      service: "AWSSecretsManager",
      usageType: "AWSSecretsManager-Secrets",
      quantity: Range.exactly(1),
      basis: "fixed",
    },
  ],
};
