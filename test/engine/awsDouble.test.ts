import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { runtime } from "@pulumi/pulumi";
import { AwsDouble } from "./awsDouble";
import { DeclaredInputs } from "./declaredInputs";
import { LiveResources } from "./liveResources";

const BUCKET = "aws:s3/bucket:Bucket";
const FUNCTION = "aws:lambda/function:Function";
const declared = new DeclaredInputs(path.dirname(require.resolve("@pulumi/aws/package.json")));

function urn(type: string, name: string): string {
  return `urn:pulumi:dev::frugal-ml::frugal-ml:index:NormalizingAccessPoint$${type}::${name}`;
}

describe("AWS double", () => {
  let folder = "";
  let live: LiveResources;
  let double: AwsDouble;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "frugal-ml-double-"));
    live = new LiveResources(folder);
    double = new AwsDouble({ version: "0.0.0", declared, live });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Problems as `property: reason`, the list of what is allowed left out. */
  async function refusals(type: string, inputs: object): Promise<readonly string[]> {
    const { failures = [] } = await double.check(urn(type, "a"), {}, inputs);
    return failures.map(({ property, reason }) => `${property}: ${reason.split(";")[0]}`);
  }

  /** Checks and creates, as the engine does. */
  async function make(type: string, name: string, inputs: object) {
    const checked = await double.check(urn(type, name), {}, inputs);
    deepEqual(checked.failures, []);
    return { inputs: checked.inputs, ...(await double.create(urn(type, name), checked.inputs)) };
  }

  it("refuses inputs that the provider does not declare, at every depth", async () => {
    const role = "arn:aws:iam::123456789012:role/a";
    deepEqual(
      await refusals(FUNCTION, {
        role,
        memory: 512,
        environment: { variables: { A: "1" }, values: {} },
        ephemeralStorage: { sizeGb: 1 },
        tags: { any: "key" },
      }),
      ["memory: not an input", "environment.values: not an input", "ephemeralStorage.sizeGb: not an input"],
    );
    deepEqual(
      await refusals("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", {
        bucket: "b",
        rules: [{ id: "a", status: "Enabled", expiry: {} }, { id: "b" }, "c"],
      }),
      ["rules[0].expiry: not an input", "rules[1].status: required, and missing", "rules[2]: must be an object"],
    );
    deepEqual(await refusals(FUNCTION, {}), ["role: required, and missing"]);
    await rejects(double.check(urn("aws:lambda/function:Lambda", "a"), {}, {}), /no resource type/);
  });

  it("refuses values of another type than is declared, at every depth", async () => {
    deepEqual(
      await refusals(FUNCTION, {
        role: 1,
        memorySize: "512",
        publish: "true",
        code: "function.zip",
        architectures: ["arm64", 64],
        environment: { variables: { A: 1 } },
        runtime: "nodejs24.x",
        tags: "none",
      }),
      [
        "role: must be a string",
        "memorySize: must be a number",
        "publish: must be a boolean",
        "code: must be an asset or archive",
        "architectures[1]: must be a string",
        "environment.variables.A: must be a string",
        "tags: must be an object",
      ],
    );
  });

  it("takes what is only known later, and what is secret", async () => {
    const secret = { [runtime.specialSigKey]: runtime.specialSecretSig, value: { variables: { A: "1" } } };
    deepEqual(await refusals(FUNCTION, { role: runtime.unknownValue, environment: secret }), []);
    const wrong = { ...secret, value: { values: {} } };
    deepEqual(await refusals(FUNCTION, { role: "r", environment: wrong }), ["environment.values: not an input"]);
  });

  it("makes names as the provider does: again the same for the same resource, another for its replacement", async () => {
    const first = await double.check(urn(BUCKET, "Photos"), {}, {});
    const again = await double.check(urn(BUCKET, "Photos"), first.inputs, {});
    const replacement = await double.check(urn(BUCKET, "Photos"), {}, {});
    match(first.inputs.bucket, /^photos-[0-9a-f]{7}$/);
    deepEqual(first.inputs.__defaults, ["bucket"]);
    equal(again.inputs.bucket, first.inputs.bucket);
    ok(replacement.inputs.bucket !== first.inputs.bucket);
    const prefixed = await double.check(urn(FUNCTION, "a"), {}, { role: "r", name: "fixed" });
    deepEqual([prefixed.inputs.name, prefixed.inputs.__defaults], ["fixed", undefined]);
  });

  it("refuses names longer than AWS allows", async () => {
    const type = "aws:s3control/objectLambdaAccessPoint:ObjectLambdaAccessPoint";
    const configuration = { supportingAccessPoint: "arn", transformationConfigurations: [] };
    const { failures } = await double.check(urn(type, "a".repeat(38)), {}, { configuration });
    match(failures?.[0]?.reason ?? "", /must have 3 to 45 characters$/);
    deepEqual((await double.check(urn(type, "a".repeat(37)), {}, { configuration })).failures, []);
  });

  it("answers with outputs of the documented shape", async () => {
    const made = await make(FUNCTION, "resize", { role: "r" });
    match(made.id, /^resize-[0-9a-f]{7}$/);
    equal(made.outs.arn, `arn:aws:lambda:us-east-1:123456789012:function:${made.id}`);
    const url = await make("aws:lambda/functionUrl:FunctionUrl", "url", {
      functionName: made.id,
      authorizationType: "AWS_IAM",
    });
    equal(url.id, made.id);
    match(url.outs.functionUrl, /^https:\/\/[a-z0-9]{32}\.lambda-url\.us-east-1\.on\.aws\/$/);
    const point = await make("aws:s3/accessPoint:AccessPoint", "point", { bucket: "b" });
    match(point.outs.alias, /^point-[0-9a-f]{7}-x{34}-s3alias$/);
  });

  it("refuses a second live resource of one identity, as a replacement with a fixed name would be", async () => {
    await make(FUNCTION, "a", { role: "r", name: "fixed" });
    await rejects(make(FUNCTION, "b", { role: "r", name: "fixed" }), /fixed exists already: .*::b would .*::a$/);
    await make("aws:s3/bucketPolicy:BucketPolicy", "one", { bucket: "b", policy: "{}" });
    await rejects(make("aws:s3/bucketPolicy:BucketPolicy", "two", { bucket: "b", policy: "{}" }), /exists already/);
    await double.delete("fixed", urn(FUNCTION, "a"));
    await make(FUNCTION, "b", { role: "r", name: "fixed" });
  });

  it("replaces where the provider does, and sees every change", async () => {
    const { id, inputs } = await make(FUNCTION, "a", { role: "r", memorySize: 128, tags: { a: "b", c: "d" } });
    const diff = (news: object) => double.diff(id, urn(FUNCTION, "a"), {}, news);
    deepEqual(await diff({ ...inputs, tags: { c: "d", a: "b" } }), {
      changes: false,
      replaces: [],
      deleteBeforeReplace: false,
    });
    equal((await diff({ ...inputs, memorySize: 256 })).changes, true);
    const { memorySize: _, ...fewer } = inputs;
    deepEqual([(await diff(fewer)).changes, (await diff(fewer)).replaces], [true, []]);
    deepEqual((await diff({ ...inputs, name: "other" })).replaces, ["name"]);
    const type = "aws:lambda/permission:Permission";
    const permission = await make(type, "p", { action: "lambda:InvokeFunction", function: "f", principal: "p" });
    const changed = { ...permission.inputs, action: "lambda:InvokeFunctionUrl" };
    deepEqual((await double.diff(permission.id, urn(type, "p"), {}, changed)).replaces, ["action"]);
  });

  it("registers what scales once, by what it is, and replaces it for nothing but that", async () => {
    const scaled = {
      serviceNamespace: "sagemaker",
      scalableDimension: "sagemaker:variant:DesiredInstanceCount",
      resourceId: "endpoint/forecasts/variant/AllTraffic",
    };
    const [target, policy] = ["aws:appautoscaling/target:Target", "aws:appautoscaling/policy:Policy"];
    const made = await make(target, "scaling", { ...scaled, minCapacity: 1, maxCapacity: 4 });
    equal(made.id, scaled.resourceId);
    match(made.outs.arn, /^arn:aws:application-autoscaling:us-east-1:123456789012:scalable-target\//);
    await rejects(make(target, "again", { ...scaled, minCapacity: 1, maxCapacity: 2 }), /exists already/);
    const replaces = async (type: string, given: Awaited<ReturnType<typeof make>>, change: object) =>
      (await double.diff(given.id, urn(type, "a"), {}, { ...given.inputs, ...change })).replaces;
    deepEqual(await replaces(target, made, { maxCapacity: 9 }), []);
    for (const key of Object.keys(scaled)) deepEqual(await replaces(target, made, { [key]: "other" }), [key]);
    const tracking = await make(policy, "policy", { ...scaled, policyType: "TargetTrackingScaling" });
    match(tracking.id, /^policy-[0-9a-f]{7}$/);
    match(
      tracking.outs.arn,
      /^arn:aws:autoscaling:.*:resource\/sagemaker\/endpoint\/forecasts\/variant\/AllTraffic:policyName\/policy-/,
    );
    deepEqual(await replaces(policy, tracking, { policyType: "StepScaling" }), []);
    for (const key of ["name", ...Object.keys(scaled)]) {
      deepEqual(await replaces(policy, tracking, { [key]: "other" }), [key]);
    }
  });

  it("counts an archive by what is in it", async () => {
    const archive = (hash: string, at: string) => ({ [runtime.specialSigKey]: "archive", hash, path: at });
    const { id, inputs } = await make(FUNCTION, "a", { role: "r", code: archive("1", "dist/a.zip") });
    const changes = async (code: object) =>
      (await double.diff(id, urn(FUNCTION, "a"), {}, { ...inputs, code })).changes;
    deepEqual(
      [await changes(archive("1", "elsewhere/a.zip")), await changes(archive("2", "dist/a.zip"))],
      [false, true],
    );
  });

  it("keeps the account from run to run, and records every call", async () => {
    const { id, inputs } = await make(BUCKET, "a", {});
    const later = new AwsDouble({ version: "0.0.0", declared, live: new LiveResources(folder) });
    deepEqual((await later.read(id, urn(BUCKET, "a"))).inputs, inputs);
    await later.update(id, urn(BUCKET, "a"), {}, { ...inputs, forceDestroy: true });
    equal((await double.read(id, urn(BUCKET, "a"))).props.forceDestroy, true);
    await later.delete(id, urn(BUCKET, "a"));
    equal(live.count, 0);
    await rejects(later.delete(id, urn(BUCKET, "a")), /does not exist/);
    await rejects(later.invoke("aws:ec2/getAmi:getAmi"), /does not answer/);
    const base = { type: BUCKET, urn: urn(BUCKET, "a"), id };
    deepEqual(live.calls, [
      { call: "create", ...base },
      { call: "read", ...base },
      { call: "update", changed: ["forceDestroy"], ...base },
      { call: "read", ...base },
      { call: "delete", ...base },
      { call: "invoke", type: "aws:ec2/getAmi:getAmi" },
    ]);
  });

  it("fails the creation it is told to, once", async () => {
    double = new AwsDouble({ version: "0.0.0", declared, live, failCreate: "::a" });
    await make(BUCKET, "b", {});
    await rejects(make(BUCKET, "a", {}), /simulated failure/);
    await make(BUCKET, "a", {});
    equal(live.count, 2);
  });
});
