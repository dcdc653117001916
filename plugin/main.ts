import { readFileSync } from "node:fs";
import path from "node:path";
import * as provider from "@pulumi/pulumi/provider";
import { ComponentPackage } from "./componentPackage";

// Started by Pulumi's Node.js host, in the folder that the build wrote.
const schema = readFileSync(path.join(__dirname, "schema.json"), "utf8");
provider.main(new ComponentPackage(schema), process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
