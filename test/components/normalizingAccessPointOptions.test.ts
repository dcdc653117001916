import { deepEqual } from "node:assert/strict";
import { assertComponentChildren } from "./assertComponentChildren";
import { derivingStatements, expectedMaterialized, expectedTrigger } from "./expectedMaterialized";
import { objectLambdaReaders, urlReaders } from "./expectedReaders";
import {
  type Expected,
  expectedBucket,
  expectedFunction,
  expectedObjectLambda,
  expectedRolePolicy,
  expectedUrl,
  policy,
  tagsOf,
} from "./expectedResources";
import { recordedVariant } from "./recordedProgram";
import { KEY, MODULE_ARCHIVE, READERS, type VariantName } from "./variants";

/** Hash of the module in the archive. */
const MODULE = "b82aef13450b";

const assertChildren = (name: VariantName, ...parts: readonly Expected[]): Promise<void> =>
  assertComponentChildren("frugal-ml:index:NormalizingAccessPoint", name, ...parts);

/** What keeps to keys of the services, with the given key instead. */
function sealed(expected: Expected): Expected {
  const entries = Object.entries(expected).map(([key, inputs]) => {
    if (key.startsWith("aws:sqs/queue:Queue")) {
      const { sqsManagedSseEnabled, ...queue } = inputs;
      return [key, { ...queue, ...(sqsManagedSseEnabled === true && { kmsMasterKeyId: KEY }) }];
    }
    if (!key.startsWith("aws:s3/bucketServerSideEncryptionConfiguration")) return [key, inputs];
    const applyServerSideEncryptionByDefault = { sseAlgorithm: "aws:kms", kmsMasterKeyId: KEY };
    return [key, { ...inputs, rules: [{ applyServerSideEncryptionByDefault, bucketKeyEnabled: true }] }];
  });
  return Object.fromEntries(entries);
}

/** Leave for the network interfaces, and a gateway endpoint unless the VPC has one. */
function network(name: string, endpoint: boolean): Expected {
  const StandInVpc = {
    Sid: "StandInVpc",
    Effect: "Allow",
    Action: [
      "ec2:CreateNetworkInterface",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSubnets",
      "ec2:DeleteNetworkInterface",
      "ec2:AssignPrivateIpAddresses",
      "ec2:UnassignPrivateIpAddresses",
    ],
    Resource: "*",
  };
  return {
    [`aws:iam/rolePolicy:RolePolicy ${name}-network-policy`]: { role: `${name}-role-id`, policy: policy(StandInVpc) },
    ...(endpoint && {
      [`aws:ec2/vpcEndpoint:VpcEndpoint ${name}-s3-endpoint`]: {
        vpcId: "vpc-1",
        serviceName: "com.amazonaws.us-east-1.s3",
        vpcEndpointType: "Gateway",
        routeTableIds: ["rtb-1"],
        tags: tagsOf(name),
      },
    }),
  };
}

describe("NormalizingAccessPoint with options, to the last child", function () {
  this.timeout(60_000);

  it("encrypts with a key all that every delivery creates, and nothing else is changed", async () => {
    const name = "sealed";
    const { resources } = await recordedVariant(name);
    const { policy: given } = (resources.find((resource) => resource.name === `${name}-role-policy`)?.inputs ?? {}) as {
      policy?: { Statement: { Sid: string }[] };
    };
    // What they say is asserted in encryption.test.ts.
    const ofKey = ["DecryptOriginals", "EncryptDerived", "DecryptChanges"];
    const further = (given?.Statement ?? []).filter(({ Sid }) => ofKey.includes(Sid));
    deepEqual(
      further.map(({ Sid }) => Sid),
      ofKey,
    );
    await assertChildren(
      name,
      sealed(expectedBucket(name)),
      expectedFunction(name, { materialized: sealed(expectedMaterialized(name)), logKey: KEY }),
      expectedUrl(name),
      urlReaders(name),
      expectedObjectLambda(name, Object.values(READERS)),
      objectLambdaReaders(name),
      expectedRolePolicy(name, {
        answersObjectLambda: true,
        lists: true,
        further: [...derivingStatements(name), ...further],
      }),
      expectedTrigger(name),
    );
  });

  for (const [name, endpoint] of [
    ["private", true],
    ["private-given", false],
  ] as const) {
    it(`stands in a network that has ${endpoint ? "no" : "its"} way to S3`, () =>
      assertChildren(
        name,
        expectedBucket(name),
        expectedFunction(name, {
          accessPoint: { vpcConfiguration: { vpcId: "vpc-1" } },
          materialized: expectedMaterialized(name),
          network: network(name, endpoint),
          lambda: { vpcConfig: { subnetIds: ["subnet-1", "subnet-2"], securityGroupIds: ["sg-1"] } },
        }),
        expectedRolePolicy(name, { lists: true, further: derivingStatements(name) }),
        expectedTrigger(name),
      ));
  }

  it("sets the notifications of a given bucket, and makes none", () =>
    assertChildren(
      "given-derived",
      expectedFunction("given-derived", {
        accessPoint: { bucket: "our-photos" },
        materialized: expectedMaterialized("given-derived", { bucket: "our-photos" }),
      }),
      expectedRolePolicy("given-derived", {
        lists: true,
        bucket: "our-photos",
        further: derivingStatements("given-derived"),
      }),
      expectedTrigger("given-derived"),
    ));

  it("runs a module's archive with its options, and keeps earlier originals as long as it is told", () => {
    const [kept] = Object.values(expectedBucket("module"))
      .flatMap(({ rules }) => (rules as { id?: string }[]) ?? [])
      .filter(({ id }) => id === "superseded-originals");
    const rules = [{ ...kept, noncurrentVersionExpiration: { noncurrentDays: 30 } }];
    return assertChildren(
      "module",
      expectedBucket("module", false, tagsOf("module"), rules),
      expectedFunction("module", {
        transformation: JSON.stringify({ module: MODULE, options: { keep: ["age"] } }),
        lambda: { code: { archive: MODULE_ARCHIVE } },
      }),
      expectedUrl("module"),
      expectedRolePolicy("module", { lists: true }),
    );
  });
});
