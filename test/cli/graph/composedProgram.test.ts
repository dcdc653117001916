import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { captureGraph, type LocalProvider } from "../../../cli/graph/captureGraph";
import { AssetReference, type GraphResource, type ResourceGraph, Secret, Unknown } from "../../../contracts/graph";

const PROGRAM = join(__dirname, "fixtures", "composed");
const URN = "urn:pulumi:dev::composed::";
const MAILBOX = `${URN}composed:index:Mailbox::mailbox`;
const QUEUE = `${URN}composed:index:Mailbox$aws:sqs/queue:Queue::mailbox-queue`;
const ROLE = `${URN}composed:index:Mailbox$composed:index:Doorkeeper$aws:iam/role:Role::mailbox-door-role`;
const PLAIN = `${URN}aws:s3/bucket:Bucket::plain`;
const DEFAULT_PROVIDER = `${URN}pulumi:providers:aws::default_7_48_0`;

const provider: LocalProvider = {
  region: "eu-west-1",
  accountId: "123456789012",
  create: ({ name, type }) => ({ id: `${name}-id`, outputs: { arn: `arn:${type}/${name}` } }),
  read: ({ id }) => ({ arn: `arn:read:${id}` }),
};

describe("capture of a program with components, providers and transforms", () => {
  let preview: ResourceGraph;
  let resolved: ResourceGraph;

  before(async () => {
    // At once, which also shows that captures do not get in each other's way.
    [preview, resolved] = await Promise.all([
      captureGraph({ program: PROGRAM, stack: "dev", mode: "preview" }),
      captureGraph({ program: PROGRAM, stack: "acme/composed/dev", mode: "resolved", provider }),
    ]);
  });

  function find(graph: ResourceGraph, name: string): GraphResource {
    const found = graph.resources.filter((resource) => resource.name === name);
    assert.equal(found.length, 1, `${name} is registered once`);
    return found[0] ?? assert.fail();
  }

  it("has every resource once, with the URN that the engine gives it", () => {
    const urns = [
      `${URN}pulumi:pulumi:Stack::composed-dev`,
      DEFAULT_PROVIDER,
      `${URN}aws:s3/bucket:Bucket::existing`,
      `${URN}pulumi:providers:aws::elsewhere`,
      PLAIN,
      `${URN}aws:iam/role:Role::fixed`,
      MAILBOX,
      `${URN}composed:index:Mailbox$composed:index:Doorkeeper::mailbox-door`,
      QUEUE,
      ROLE,
      `${URN}aws:s3/bucket:Bucket$aws:s3/bucketObject:BucketObject::page`,
      `${URN}aws:iam/rolePolicy:RolePolicy::policy`,
      `${URN}aws:lambda/function:Function::site`,
    ].sort();
    assert.deepEqual(preview.resources.map(({ urn }) => urn).sort(), urns);
    assert.deepEqual(resolved.resources.map(({ urn }) => urn).sort(), urns);
  });

  it("registers parents, dependencies and providers before what needs them", () => {
    for (const graph of [preview, resolved]) {
      const seen = new Set<string>();
      for (const { urn, parent, dependencies, provider: used } of graph.resources) {
        for (const needed of [...dependencies, ...(parent ? [parent] : []), ...(used ? [used] : [])]) {
          assert.ok(seen.has(needed), `${urn} comes after ${needed}`);
        }
        seen.add(urn);
      }
    }
  });

  it("tells where each resource was registered, in the program and in its components", () => {
    const lines = (file: string): string[] => readFileSync(join(PROGRAM, file), "utf8").split("\n");
    const folder = "test/cli/graph/fixtures/composed";
    for (const [name, file, text] of [
      ["mailbox", "index.ts", "new Mailbox("],
      ["mailbox-queue", "mailbox.ts", "new aws.sqs.Queue("],
      ["mailbox-door-role", "mailbox.ts", "new aws.iam.Role("],
      ["existing", "index.ts", "aws.s3.Bucket.get("],
      ["elsewhere", "index.ts", "new aws.Provider("],
    ] as const) {
      const { location } = find(preview, name);
      assert.equal(location?.file, `${folder}/${file}`);
      assert.ok(lines(file)[location.line - 1]?.includes(text), `${name} at line ${location.line}`);
    }
    assert.equal(find(preview, "default_7_48_0").location, undefined);
  });

  it("knows what the program gives and nothing else", () => {
    const page = find(preview, "page");
    assert.deepEqual(page.inputs, {
      bucket: new Unknown(PLAIN, "bucket"),
      key: "hello/index.html",
      source: new AssetReference("file", join(PROGRAM, "site", "index.html")),
    });
    assert.equal(page.parent, PLAIN);
    assert.equal(page.id, undefined);
    assert.equal(page.outputs, undefined);
    assert.deepEqual(find(preview, "policy").inputs, { policy: new Unknown(), role: new Unknown(ROLE, "arn") });
  });

  it("expands a dependency on a component to what it is made of", () => {
    const page = find(preview, "page");
    assert.deepEqual([...page.dependencies].sort(), [QUEUE, ROLE, PLAIN].sort());
    assert.deepEqual(page.propertyDependencies, { bucket: [PLAIN], key: [], source: [] });
  });

  it("keeps assets as references and secrets secret", () => {
    const { code, environment } = find(preview, "site").inputs;
    assert.deepEqual(
      code,
      new AssetReference("assets", {
        "index.js": new AssetReference("text", "exports.handler = async () => 1;"),
        site: new AssetReference("archive", join(PROGRAM, "site")),
      }),
    );
    const variables = JSON.stringify(environment);
    assert.ok(variables.includes('"TOKEN":"[secret]"') && !variables.includes("s3cr3t"), variables);
    const { token } = preview.outputs;
    assert.ok(token instanceof Secret);
    assert.equal(token.value, "s3cr3t");
    assert.ok(!JSON.stringify([preview, resolved]).includes("s3cr3t"));
  });

  it("lets transforms change resources: the stack's all buckets, a resource's own that one", () => {
    assert.deepEqual(find(preview, "plain").inputs, {
      bucketPrefix: "plain-",
      tags: { team: "blue", stack: "composed" },
    });
    assert.equal(find(preview, "site").inputs["memorySize"], 512);
    assert.equal(find(preview, "mailbox-queue").inputs["memorySize"], undefined);
  });

  it("gives children the provider and the protection of their component", () => {
    assert.equal(find(preview, "mailbox-queue").provider, `${URN}pulumi:providers:aws::elsewhere`);
    assert.equal(find(preview, "plain").provider, DEFAULT_PROVIDER);
    assert.equal(find(preview, "mailbox").provider, undefined);
    assert.equal(find(preview, "mailbox-queue").options.protect, true);
    assert.equal(find(preview, "mailbox-door-role").options.protect, false);
    assert.equal(find(preview, "fixed").options.protect, undefined);
  });

  it("makes a default provider of the stack's configuration", () => {
    const { inputs, implicit, parent } = find(preview, "default_7_48_0");
    assert.deepEqual(inputs, { maxRetries: "3", region: "eu-west-1", version: "7.48.0" });
    assert.deepEqual([implicit, parent], [true, undefined]);
    assert.equal(find(preview, "elsewhere").inputs["region"], "us-west-2");
  });

  it("reports options, aliases as URNs", () => {
    assert.deepEqual(find(preview, "mailbox").options.aliases, [`${URN}composed:index:Mailbox::postbox`]);
    assert.deepEqual(find(preview, "page").options.aliases, [`${URN}aws:s3/bucketObject:BucketObject::page`]);
    assert.deepEqual(find(preview, "site").options, {
      protect: false,
      retainOnDelete: true,
      deleteBeforeReplace: true,
      replaceOnChanges: ["runtime"],
      additionalSecretOutputs: ["arn"],
      version: "7.48.0",
      deletedWith: PLAIN,
      customTimeouts: { create: "5m" },
    });
  });

  it("reads configuration with its defaults, objects as JSON", () => {
    assert.deepEqual(find(preview, "mailbox").inputs, { greeting: "hello" });
    assert.equal(find(preview, "fixed").inputs["description"], '{"list":["a","b"],"small":1}');
  });

  it("keeps what components and the stack register as outputs", () => {
    assert.deepEqual(find(preview, "mailbox").outputs, { queueUrl: new Unknown(), greeting: "hello" });
    assert.deepEqual(Object.keys(preview.outputs).sort(), ["bucketName", "functionArn", "pageKey", "token"]);
    assert.equal(preview.outputs["pageKey"], "hello/index.html");
  });

  it("marks what is read as not registered", () => {
    const existing = find(preview, "existing");
    assert.deepEqual([existing.external, existing.id], [true, "bucket-of-another-team"]);
  });

  it("computes everything from the local provider's answers in resolved mode", () => {
    assert.equal(find(resolved, "mailbox-queue").id, "mailbox-queue-id");
    const role = find(resolved, "mailbox-door-role");
    assert.equal(role.outputs?.["arn"], "arn:aws:iam/role:Role/mailbox-door-role");
    assert.equal(find(resolved, "site").inputs["role"], role.outputs["arn"]);
    const { policy } = find(resolved, "policy").inputs;
    assert.ok(typeof policy === "string");
    assert.deepEqual(JSON.parse(policy).Statement[0].Resource, [
      "arn:read:bucket-of-another-team",
      "arn:aws:s3/bucket:Bucket/plain/*",
    ]);
    assert.deepEqual(find(resolved, "policy").propertyDependencies["policy"], [
      `${URN}aws:s3/bucket:Bucket::existing`,
      PLAIN,
    ]);
    assert.ok(resolved.outputs["functionArn"] instanceof Secret, "additionalSecretOutputs make an output secret");
    assert.deepEqual(resolved.placeholders, []);
    assert.ok(!JSON.stringify(resolved).includes("$unknown"));
  });
});
