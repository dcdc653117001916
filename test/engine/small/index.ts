import * as pulumi from "@pulumi/pulumi";
import { NormalizingAccessPoint } from "../../../components";

const config = new pulumi.Config();
const formerly = config.get("formerly");

const images = new NormalizingAccessPoint(
  config.require("name"),
  {
    deliveries: ["function-url", "materialized"],
    kmsKeyArn: config.requireSecret("kmsKeyArn"),
    readers: { training: config.requireSecret("reader") },
  },
  formerly === undefined ? {} : { aliases: [{ name: formerly }] },
);

/** Where originals go, and where normalised ones are read. */
export const originals = images.bucketName;
export const url = images.url;
