import { deepEqual, equal, rejects } from "node:assert/strict";
import { createRequire } from "node:module";
import { Secret as PolicySecret, type ResourceValidationArgs, type StackValidationArgs } from "@pulumi/policy";
import { asset } from "@pulumi/pulumi";
import { AssetReference, Secret, UNKNOWN } from "../../contracts/graph";
import { fromEngine } from "../../policy/engineValue";
import { policyOf } from "../../policy/pack";
import { gravitonPreprocessing } from "../../policy/rules/gravitonPreprocessing";
import { toWire, UNKNOWN_SENTINELS } from "../../policy/wireValue";
import { preprocessor } from "./functions";

/** The proxy that the policy SDK puts around properties; internal to it, hence without types. */
const { unknownCheckingProxy }: { unknownCheckingProxy(properties: object): Record<string, unknown> } =
  createRequire(__filename)("@pulumi/policy/proxy");

const UNKNOWN_TEXT = UNKNOWN_SENTINELS[2] ?? "";

const base = {
  stackTags: new Map(),
  getConfig: <T extends object>(): T => JSON.parse(JSON.stringify(config)),
  isType: () => false,
  asType: () => undefined,
  notApplicable: (reason?: string): never => {
    throw new Error(`not applicable: ${reason}`);
  },
};
const opts = { protect: false, ignoreChanges: [], aliases: [], additionalSecretOutputs: [] };
const timeouts = { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 };
let config: object = {};

function argsOf(change: object, over: Partial<ResourceValidationArgs> = {}): ResourceValidationArgs {
  const { urn, type, name, inputs } = preprocessor();
  const props = unknownCheckingProxy({ ...inputs, ...change });
  return { ...base, urn, type, name, props, opts: { ...opts, customTimeouts: timeouts }, ...over };
}

/** What a policy reports of one resource: texts, and levels where it sets one itself. */
async function reported(args: ResourceValidationArgs): Promise<unknown[]> {
  const said: unknown[] = [];
  const { validateResource } = policyOf(gravitonPreprocessing);
  if (typeof validateResource !== "function") throw new Error("the policy validates nothing");
  await validateResource(args, (message: unknown) => void said.push(message));
  return said;
}

describe("a rule as a policy of the real SDK", () => {
  beforeEach(() => {
    config = {};
  });

  it("describes itself to the engine", () => {
    const policy = policyOf(gravitonPreprocessing);
    equal(policy.name, "graviton-preprocessing");
    equal(policy.enforcementLevel, "mandatory");
    equal(policy.severity, "high");
    deepEqual(Object.keys(policy.configSchema?.properties ?? {}), [
      "tagKey",
      "tagValues",
      "namePatterns",
      "remediate",
      "onUnknown",
    ]);
    deepEqual(policy.configSchema?.properties["tagValues"]?.default, ["preprocessing"]);
  });

  it("reports at its own level, and never touches an unknown, which would make it advisory", async () => {
    const [text, ...others] = await reported(argsOf({ architectures: UNKNOWN_TEXT, role: UNKNOWN_TEXT }));
    equal(others.length, 0);
    equal(
      text,
      `cannot be told yet: architectures: not known yet; it must be exactly ["arm64"]\n${gravitonPreprocessing.fix}`,
    );
    deepEqual(await reported(argsOf({ role: UNKNOWN_TEXT, environment: { variables: UNKNOWN_TEXT } })), []);
  });

  it("reports an unknown as advisory where the configuration says so", async () => {
    config = { onUnknown: "report" };
    const [violation] = await reported(argsOf({ architectures: UNKNOWN_TEXT }));
    deepEqual(
      typeof violation === "object" && violation !== null && Reflect.get(violation, "enforcementLevel"),
      "advisory",
    );
    const [text] = await reported(argsOf({ architectures: ["x86_64"] }));
    equal(typeof text, "string");
  });

  it("refuses a wrong configuration", async () => {
    config = { tagKey: 1, onUnknown: "never" };
    await rejects(reported(argsOf({})), { code: "InvalidInput" });
  });

  it("does not apply to other types", async () => {
    await rejects(reported(argsOf({}, { type: "aws:s3/bucket:Bucket" })), /not applicable/);
  });

  it("judges the stack by the inputs that were validated, not by outputs", async () => {
    const policy = policyOf(gravitonPreprocessing);
    if (typeof policy.validateResource !== "function") throw new Error("the policy validates nothing");
    const said: string[] = [];
    const args = argsOf({ packageType: "Image", imageUri: UNKNOWN_TEXT });
    await policy.validateResource(args, (message) => void said.push(message));
    const resource = {
      ...args,
      props: unknownCheckingProxy({ architectures: ["x86_64"] }),
      dependencies: [],
      propertyDependencies: {},
      asType: () => undefined,
    };
    const stack: StackValidationArgs = { ...base, resources: [resource] };
    await policy.validateStack?.(stack, (message, urn) => void said.push(`${urn}: ${message.split("\n")[0]}`));
    const expected = "imageUri: the image must be built for linux/arm64, but its build is not part of this stack";
    deepEqual(said, [`${args.urn}: cannot be told yet: ${expected}`]);
  });

  it("remediates with everything else as it was", async () => {
    config = { remediate: true };
    const code = new asset.AssetArchive({ "index.js": new asset.StringAsset("1"), lib: new asset.FileArchive("lib") });
    const props = {
      architectures: ["x86_64"],
      code,
      token: new PolicySecret("hunter2"),
      role: UNKNOWN_TEXT,
      __defaults: [],
    };
    const result = await policyOf(gravitonPreprocessing).remediateResource?.(argsOf(props));
    const archive = new AssetReference("assets", {
      "index.js": new AssetReference("text", "1"),
      lib: new AssetReference("archive", "lib"),
    });
    const { code: _, ...rest } = preprocessor().inputs;
    deepEqual(result, {
      ...rest,
      architectures: ["arm64"],
      code: toWire(archive),
      token: toWire(new Secret("hunter2")),
      role: UNKNOWN_TEXT,
      __defaults: [],
    });
  });
});

describe("values of the engine", () => {
  it("keep their meaning", async () => {
    const given = {
      none: null,
      yes: true,
      nested: [{ unknown: UNKNOWN_SENTINELS[0] }, UNKNOWN_TEXT],
      file: new asset.FileAsset("a.txt"),
      remote: new asset.RemoteAsset("https://example.com/a"),
      archive: new asset.RemoteArchive("https://example.com/a.zip"),
      secret: new PolicySecret({ token: "hunter2" }),
    };
    const read = await fromEngine(unknownCheckingProxy(given));
    deepEqual(read["nested"], [{ unknown: UNKNOWN }, UNKNOWN]);
    deepEqual([read["none"], read["yes"]], [null, true]);
    deepEqual(read["file"], new AssetReference("file", "a.txt"));
    deepEqual(read["remote"], new AssetReference("remote", "https://example.com/a"));
    deepEqual(read["archive"], new AssetReference("remote-archive", "https://example.com/a.zip"));
    const { secret } = read;
    deepEqual(secret instanceof Secret && secret.value, { token: "hunter2" });
    equal(JSON.stringify(read).includes("hunter2"), false);
  });
});
