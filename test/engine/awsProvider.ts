import { readFileSync } from "node:fs";
import path from "node:path";
import * as provider from "@pulumi/pulumi/provider";
import * as z from "zod";
import { AwsDouble } from "./awsDouble";
import { DeclaredInputs } from "./declaredInputs";
import { EngineEnvironment } from "./engineEnvironment";
import { LiveResources } from "./liveResources";

// Started by the engine as its plugin for AWS; the environment says where the account is kept.
const folder = process.env[EngineEnvironment.Account];
if (!folder) throw new Error(`${EngineEnvironment.Account} must name a folder`);
const manifest = require.resolve("@pulumi/aws/package.json");
const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(manifest, "utf8")));
const double = new AwsDouble({
  version,
  declared: new DeclaredInputs(path.dirname(manifest)),
  live: new LiveResources(folder),
  failCreate: process.env[EngineEnvironment.FailCreate],
});

provider.main(double, process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
