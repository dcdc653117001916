import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

// A team's own program, which uses none of our components: the rules know AWS's resources, not where they come from.

const config = new pulumi.Config();

const role = new aws.iam.Role("thumbnails", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
});

/** What every function of the team has. */
const settings = { role: role.arn, runtime: "nodejs24.x", handler: "index.handler", timeout: 30, memorySize: 512 };
const code = new pulumi.asset.AssetArchive({
  "index.js": new pulumi.asset.StringAsset("exports.handler = async () => ({ statusCode: 204 });\n"),
});

/** Makes thumbnails on Graviton, as the organisation's rules ask. */
const thumbnails = new aws.lambda.Function("thumbnails", { ...settings, code, architectures: ["arm64"] });

/** Needs a codec that has no build for arm64: excepted, with an owner, a reason and a last day. */
const legacy = new aws.lambda.Function("thumbnails-legacy", { ...settings, code, architectures: ["x86_64"] });

for (const [name, logged] of Object.entries({ thumbnails, "thumbnails-legacy": legacy })) {
  new aws.cloudwatch.LogGroup(name, {
    name: pulumi.interpolate`/aws/lambda/${logged.name}`,
    retentionInDays: config.getNumber("logRetentionDays") ?? 30,
  });
}

/** What callers invoke. */
export const functions = [thumbnails.name, legacy.name];
