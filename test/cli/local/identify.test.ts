import assert from "node:assert/strict";
import { identify, physicalName } from "../../../cli/local/identify";
import { kindsByType } from "../../../cli/local/kindsByType";
import type { Identity, LocalCloud } from "../../../cli/local/resourceKind";
import type { GraphObject } from "../../../contracts/graph";

const CLOUD: LocalCloud = {
  region: "eu-west-1",
  accountId: "123456789012",
  partition: "aws",
  endpoint: "http://127.0.0.1:4566",
};

function identified(type: string, name: string, inputs: GraphObject = {}): Identity {
  return identify({ urn: `urn:pulumi:s::p::${type}::${name}`, type, name, inputs }, CLOUD, kindsByType().get(type));
}

describe("cli/local/identify", () => {
  it("gives the same identity for the same resource, whatever its kind", () => {
    for (const type of [...kindsByType().keys(), "aws:sqs/queue:Queue"]) {
      assert.deepEqual(identified(type, "one", { a: 1 }), identified(type, "one", { a: 1 }), type);
      assert.notDeepEqual(identified(type, "one").id, identified(type, "two").id, type);
    }
  });

  it("takes the name that is given, or else the resource's own", () => {
    const registration = { urn: "", type: "t", name: "own", inputs: { first: "", second: "given" } };
    assert.equal(physicalName(registration, "first", "second"), "given");
    assert.equal(physicalName(registration, "first"), "own");
    assert.equal(identified("aws:s3/bucket:Bucket", "own", { bucket: "given" }).id, "given");
  });

  for (const [type, property, expected] of [
    ["aws:s3/bucket:Bucket", "arn", "arn:aws:s3:::one"],
    ["aws:s3/accessPoint:AccessPoint", "arn", "arn:aws:s3:eu-west-1:123456789012:accesspoint/one"],
    ["aws:s3/accessPoint:AccessPoint", "alias", "one-s3alias"],
    [
      "aws:s3control/objectLambdaAccessPoint:ObjectLambdaAccessPoint",
      "arn",
      "arn:aws:s3-object-lambda:eu-west-1:123456789012:accesspoint/one",
    ],
    ["aws:s3control/objectLambdaAccessPoint:ObjectLambdaAccessPoint", "alias", "one--ol-s3"],
    ["aws:lambda/function:Function", "arn", "arn:aws:lambda:eu-west-1:123456789012:function:one"],
    ["aws:lambda/functionUrl:FunctionUrl", "functionUrl", "http://127.0.0.1:4566/_functions/one/"],
    ["aws:cloudwatch/logGroup:LogGroup", "arn", "arn:aws:logs:eu-west-1:123456789012:log-group:one"],
    ["aws:sqs/queue:Queue", "arn", "arn:aws:sqs:eu-west-1:123456789012:one"],
    ["aws:iam/role:Role", "arn", "arn:aws:iam::123456789012:role/one"],
  ] as const) {
    it(`answers ${property} of ${type} as AWS spells it`, () => {
      assert.equal(identified(type, "one").outputs[property], expected);
    });
  }

  it("keeps inputs as outputs", () => {
    assert.equal(identified("aws:sqs/queue:Queue", "one", { delaySeconds: 3 }).outputs["delaySeconds"], 3);
  });
});
