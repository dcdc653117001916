// In a program of your own: import { Delivery, NormalizingAccessPoint } from "frugal-ml";
import { Delivery, NormalizingAccessPoint } from "../../components";

const tables = new NormalizingAccessPoint("tables", {
  deliveries: [Delivery.FunctionUrl, Delivery.ObjectLambda, Delivery.Materialized],
  code: "dist/columns.zip",
  moduleOptions: JSON.stringify({ keep: ["age", "note", "outcome"], redact: ["note"] }),
});

/** Tables without the columns that training must not see: where originals go, and how the rest is read. */
export const originals = tables.bucketName;
export const url = tables.url;
export const transformation = tables.transformationHash;
