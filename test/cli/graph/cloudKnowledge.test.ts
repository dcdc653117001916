import assert from "node:assert/strict";
import { join } from "node:path";
import { captureGraph } from "../../../cli/graph/captureGraph";
import { type GraphResource, type ResourceGraph, Secret, UNKNOWN, Unknown } from "../../../contracts/graph";

const FIXTURES = join(__dirname, "fixtures");
const URN = "urn:pulumi:dev::cloud-knowledge::";
const NETWORK = `${URN}network:index:Network::network`;
const REFERENCE = `${URN}pulumi:pulumi:StackReference::organization/network/dev`;

describe("capture of what only the cloud knows", () => {
  let graph: ResourceGraph;

  before(async () => {
    graph = await captureGraph({ program: join(FIXTURES, "cloudKnowledge"), stack: "dev", mode: "preview" });
  });

  function find(name: string): GraphResource {
    return graph.resources.find((resource) => resource.name === name) ?? assert.fail(`${name} is registered`);
  }

  it("makes unknown whatever is computed from a placeholder, however it is computed", () => {
    const { ami, availabilityZone, userData, tags } = find("server").inputs;
    assert.deepEqual([ami, availabilityZone, userData], [UNKNOWN, UNKNOWN, UNKNOWN]);
    assert.ok(typeof tags === "object" && tags !== null && "bucket" in tags);
    assert.deepEqual(tags.bucket, UNKNOWN);
  });

  it("computes what needs no cloud, in the stack's region", () => {
    const { tags } = find("server").inputs;
    assert.ok(typeof tags === "object" && tags !== null && "partition" in tags && "region" in tags);
    assert.deepEqual([tags.partition, tags.region], ["amazonaws.com.cn", "cn-north-1"]);
  });

  it("says that a value waits for another stack", () => {
    assert.deepEqual(find("server").inputs["subnetId"], new Unknown(REFERENCE, "outputs"));
    assert.deepEqual(find("server").propertyDependencies["subnetId"], [REFERENCE]);
    assert.equal(find("organization/network/dev").external, true);
  });

  it("keeps encrypted configuration a secret, at any depth", () => {
    const { value, description, tags } = find("database").inputs;
    assert.ok(value instanceof Secret && description instanceof Secret);
    assert.deepEqual([value.value, description.value], [UNKNOWN, UNKNOWN]);
    assert.ok(typeof tags === "object" && tags !== null && "user" in tags && "plain" in tags);
    assert.equal(tags.user, "admin");
    assert.ok(tags.plain instanceof Secret, "also where the program took it for plain");
  });

  it("records a component of a plugin without its children", () => {
    const network = find("network");
    assert.deepEqual([network.remote, network.custom, network.urn], [true, false, NETWORK]);
    assert.deepEqual(network.inputs, { cidrBlock: "10.0.0.0/16" });
    assert.deepEqual(
      graph.resources.filter(({ parent }) => parent === NETWORK),
      [],
    );
  });

  it("flags every placeholder once", () => {
    const flags = graph.placeholders.map(({ kind, name }) => `${kind} ${name}`).sort();
    assert.deepEqual(flags, [
      "call network:index:Network/cidrs",
      "component network:index:Network",
      "invoke aws:ec2/getAmi:getAmi",
      "invoke aws:index/getAvailabilityZones:getAvailabilityZones",
      "invoke aws:index/getCallerIdentity:getCallerIdentity",
      "secret-config cloud-knowledge:database",
      "secret-config cloud-knowledge:password",
      "stack-reference organization/network/dev",
    ]);
  });
});

describe("capture of an ES module", () => {
  it("runs it, waits for what it awaits, and finds frames inside functions", async () => {
    const program = join(FIXTURES, "esModule");
    const graph = await captureGraph({ program, stack: "acme/es-module/qa", mode: "preview" });
    assert.deepEqual(graph.outputs, { greeting: "hello from qa of acme" });
    const shelf = graph.resources.find(({ name }) => name === "shelf");
    assert.deepEqual(shelf?.outputs, { books: 3 });
    assert.deepEqual(shelf.location, { file: "test/cli/graph/fixtures/esModule/main.js", line: 11, column: 10 });
  });
});
