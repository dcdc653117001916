import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { runtime } from "@pulumi/pulumi";
import { lostIn } from "./pulumiCli";
import { accountOf, awsVersions, keepState, parseState, readState, withData } from "./releaseState";

const BUCKET = "aws:s3/bucket:Bucket";
const urn = (type: string, name: string) => `urn:pulumi:prod::frugal-ml::${type}::${name}`;

describe("state of an earlier release", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "frugal-ml-state-"));
  const file = path.join(folder, "state.json");
  after(() => rmSync(folder, { recursive: true }));

  const bucket = {
    urn: urn(BUCKET, "a"),
    custom: true,
    type: BUCKET,
    id: "a-1",
    inputs: { __defaults: ["bucket"], bucket: "a-1" },
    outputs: { bucket: "a-1", arn: "arn:aws:s3:::a-1" },
  };
  const code = { hash: "h", path: "/anywhere/program/dist/functions/fleet.zip" };
  const exported = (resources: readonly object[]) =>
    parseState(JSON.stringify({ version: 3, deployment: { manifest: { time: "now" }, resources } }));

  it("is kept without what differs from run to run or is said twice, and read as it was", () => {
    keepState(file, exported([{ ...bucket, created: "yesterday", modified: "today" }]));
    const kept = readFileSync(file, "utf8");
    equal(/yesterday|today|now/.test(kept), false);
    equal(kept.match(/"a-1"/g)?.length, 2);
    deepEqual(readState(file).deployment.resources, [bucket]);
  });

  it("names no folder of whoever kept it, and no secret", () => {
    keepState(file, exported([{ ...bucket, inputs: { code } }]));
    deepEqual(readState(file).deployment.resources[0]?.inputs, {
      code: { hash: "h", path: "dist/functions/fleet.zip" },
    });
    const secret = { [runtime.specialSigKey]: runtime.specialSecretSig, ciphertext: "v1:abc" };
    throws(() => keepState(file, exported([{ ...bucket, inputs: { secret } }])), /no secret/);
  });

  it("says what the account has, and what of it holds data", () => {
    const role = { ...bucket, urn: urn("aws:iam/role:Role", "r"), type: "aws:iam/role:Role", id: "r-1" };
    const provider = {
      urn: urn("pulumi:providers:aws", "default"),
      custom: true,
      type: "pulumi:providers:aws",
      id: "p",
      inputs: { version: "7.1.0" },
    };
    const state = exported([provider, bucket, role, { urn: urn("frugal-ml:index:X", "x"), type: "frugal-ml:index:X" }]);
    deepEqual(
      accountOf(state).map(({ id }) => id),
      ["a-1", "r-1"],
    );
    deepEqual(
      withData(accountOf(state)).map(({ id }) => id),
      ["a-1"],
    );
    deepEqual(awsVersions(state), ["7.1.0"]);
  });

  it("is one of prod in the repository, with buckets, images and queues", () => {
    const kept = readState(path.join(__dirname, "fixtures", "prod.state.json"));
    const types = new Set(withData(accountOf(kept)).map(({ type }) => type));
    for (const type of [BUCKET, "aws:ecr/repository:Repository", "aws:sqs/queue:Queue"]) ok(types.has(type), type);
    equal(/"\/(home|tmp|work|root|Users)\//.test(JSON.stringify(kept)), false);
  });

  it("loses what a preview replaces or deletes, and nothing else", () => {
    const step = (op: string, name: string) => ({ op, urn: urn(BUCKET, name) });
    const steps = [
      step("same", "a"),
      step("update", "b"),
      step("delete", "c"),
      step("create-replacement", "d"),
      step("replace", "d"),
      { op: "delete", urn: urn("frugal-ml:index:X", "x") },
    ];
    deepEqual(lostIn(JSON.stringify({ steps })), [urn(BUCKET, "c"), urn(BUCKET, "d")]);
  });
});
