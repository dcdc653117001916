import assert from "node:assert/strict";
import { assertComponentChildren } from "./assertComponentChildren";
import { expectedFunction, expectedRolePolicy, expectedUrl, tagsOf } from "./expectedResources";
import { type RecordedVariant, recordedVariant } from "./recordedProgram";
import { KEY, READERS } from "./variants";

const ORIGINALS = "arn:aws:s3:::sealed-bucket-id";
const DERIVED = "arn:aws:s3:::sealed-derived-id";
const QUEUE = "arn:aws:sqs:us-east-1:123456789012:sealed-queue";
const DEAD_LETTERS = "arn:aws:sqs:us-east-1:123456789012:sealed-dead-letters";
const ROLE = "arn:aws:iam::123456789012:role/sealed-role";

function inputsOf({ resources }: RecordedVariant, name: string): Readonly<Record<string, unknown>> {
  const found = resources.find((resource) => resource.name === name);
  assert.ok(found, name);
  return found.inputs;
}

function statementsOf(variant: RecordedVariant, name: string): readonly Readonly<Record<string, unknown>>[] {
  const { Statement } = inputsOf(variant, name)["policy"] as { Statement: readonly Record<string, unknown>[] };
  return Statement;
}

function throughS3(Sid: string, Action: string | string[], bucket: string, Resource = KEY) {
  const Condition = {
    StringEquals: { "kms:ViaService": "s3.us-east-1.amazonaws.com" },
    StringLike: { "kms:EncryptionContext:aws:s3:arn": [bucket, `${bucket}/*`] },
  };
  return { Sid, Effect: "Allow", Action, Resource, Condition };
}

function throughSqs(Resource = KEY) {
  const StringEquals = {
    "kms:ViaService": "sqs.us-east-1.amazonaws.com",
    "kms:EncryptionContext:aws:sqs:arn": [QUEUE, DEAD_LETTERS],
  };
  return { Sid: "DecryptChanges", Effect: "Allow", Action: "kms:Decrypt", Resource, Condition: { StringEquals } };
}

/** What CloudWatch Logs must be allowed, as its documentation has it. */
function ofTheLog(name: string) {
  const log = `arn:aws:logs:us-east-1:123456789012:log-group:${name}-logs`;
  return {
    Sid: "EncryptTheLog",
    Effect: "Allow",
    Principal: { Service: "logs.us-east-1.amazonaws.com" },
    Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
    Resource: "*",
    Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": log } },
  };
}

describe("NormalizingAccessPoint with a KMS key", function () {
  this.timeout(60_000);

  it("encrypts with it every bucket and queue that it creates", async () => {
    const sealed = await recordedVariant("sealed");
    for (const bucket of ["sealed-bucket", "sealed-derived"]) {
      assert.deepEqual(inputsOf(sealed, `${bucket}-encryption`), {
        bucket: `${bucket}-id`,
        rules: [
          {
            applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: KEY },
            bucketKeyEnabled: true,
          },
        ],
      });
    }
    for (const queue of ["sealed-queue", "sealed-dead-letters"]) {
      const { kmsMasterKeyId, sqsManagedSseEnabled } = inputsOf(sealed, queue);
      assert.deepEqual([kmsMasterKeyId, sqsManagedSseEnabled], [KEY, undefined], queue);
    }
  });

  it("lets the function use it only through S3 and SQS, for its buckets and queues", async () => {
    const statements = statementsOf(await recordedVariant("sealed"), "sealed-role-policy");
    assert.deepEqual(
      statements.filter(({ Action }) => String(Action).startsWith("kms:")),
      [
        throughS3("DecryptOriginals", "kms:Decrypt", ORIGINALS),
        throughS3("EncryptDerived", ["kms:Decrypt", "kms:GenerateDataKey"], DERIVED),
        throughSqs(),
      ],
    );
  });

  it("says what the key's policy must have: the function, the readers by delivery, and S3 for the queue", async () => {
    const { outputs } = await recordedVariant("sealed");
    const [own, readers] = [{ AWS: ROLE }, { AWS: Object.values(READERS) }];
    assert.deepEqual(JSON.parse(String(outputs["keyPolicyStatements"])), [
      { ...throughS3("DecryptOriginals", "kms:Decrypt", ORIGINALS, "*"), Principal: own },
      { ...throughS3("EncryptDerived", ["kms:Decrypt", "kms:GenerateDataKey"], DERIVED, "*"), Principal: own },
      { ...throughSqs("*"), Principal: own },
      { ...throughS3("ReadersDecryptOriginals", "kms:Decrypt", ORIGINALS, "*"), Principal: readers },
      { ...throughS3("ReadersDecryptDerived", "kms:Decrypt", DERIVED, "*"), Principal: readers },
      {
        Sid: "ChangesReachTheQueue",
        Effect: "Allow",
        Principal: { Service: "s3.amazonaws.com" },
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: "*",
        Condition: { StringEquals: { "kms:EncryptionContext:aws:sqs:arn": QUEUE } },
      },
      ofTheLog("sealed"),
    ]);
  });

  it("reads a given bucket that is encrypted with it, and needs no more than that", async () => {
    const variant = await recordedVariant("sealed-url");
    const bucket = "arn:aws:s3:::our-photos";
    const kms = statementsOf(variant, "sealed-url-role-policy").filter(({ Action }) =>
      String(Action).startsWith("kms:"),
    );
    assert.deepEqual(kms, [throughS3("DecryptOriginals", "kms:Decrypt", bucket)]);
    assert.deepEqual(
      JSON.parse(String(variant.outputs["keyPolicyStatements"])).map(({ Sid }: { Sid: string }) => Sid),
      ["DecryptOriginals", "EncryptTheLog"],
    );
  });

  it("encrypts the function's log with it, with nothing else changed", () =>
    assertComponentChildren(
      "frugal-ml:index:NormalizingAccessPoint",
      "sealed-url",
      expectedFunction("sealed-url", { accessPoint: { bucket: "our-photos" }, logKey: KEY }),
      expectedUrl("sealed-url"),
      expectedRolePolicy("sealed-url", {
        lists: true,
        bucket: "our-photos",
        further: [throughS3("DecryptOriginals", "kms:Decrypt", "arn:aws:s3:::our-photos")],
      }),
    ));

  it("leaves the log to CloudWatch's own key where the key is another account's, and where the function is", async () => {
    const foreign = await recordedVariant("sealed-foreign");
    assert.deepEqual(inputsOf(foreign, "sealed-foreign-logs"), { retentionInDays: 30, tags: tagsOf("sealed-foreign") });
    for (const { outputs } of [foreign, await recordedVariant("sealed-sharing")]) {
      assert.equal(String(outputs["keyPolicyStatements"]).includes("aws:logs:arn"), false);
    }
  });

  it("is not spoken of without one", async () => {
    assert.equal("keyPolicyStatements" in (await recordedVariant("every")).outputs, false);
  });
});
