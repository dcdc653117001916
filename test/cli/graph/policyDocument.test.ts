import assert from "node:assert/strict";
import { policyDocument } from "../../../cli/graph/policyDocument";

describe("policyDocument", () => {
  it("writes statements as the AWS provider does", () => {
    const { json, minifiedJson } = policyDocument({
      policyId: "docs",
      statements: [
        {
          sid: "Read",
          actions: ["s3:GetObject", "s3:PutObject"],
          resources: ["arn:aws:s3:::logs/&{aws:username}/*"],
          principals: [
            { type: "Service", identifiers: ["lambda.amazonaws.com", "ec2.amazonaws.com"] },
            { type: "AWS", identifiers: ["*"] },
          ],
          conditions: [
            { test: "StringLike", variable: "s3:prefix", values: ["b", "a"] },
            { test: "Bool", variable: "aws:SecureTransport", values: ["true"] },
          ],
        },
        {
          effect: "Deny",
          notActions: ["iam:*"],
          notResources: ["a<b>&c"],
          notPrincipals: [{ type: "*", identifiers: ["*"] }],
        },
      ],
    });
    const expected = {
      Version: "2012-10-17",
      Id: "docs",
      Statement: [
        {
          Sid: "Read",
          Effect: "Allow",
          Action: ["s3:PutObject", "s3:GetObject"],
          // biome-ignore lint/suspicious/noTemplateCurlyInString: the policy language's own variables
          Resource: "arn:aws:s3:::logs/${aws:username}/*",
          Principal: { AWS: "*", Service: ["lambda.amazonaws.com", "ec2.amazonaws.com"] },
          Condition: { Bool: { "aws:SecureTransport": "true" }, StringLike: { "s3:prefix": ["b", "a"] } },
        },
        { Effect: "Deny", NotAction: "iam:*", NotResource: "a<b>&c", NotPrincipal: "*" },
      ],
    };
    const asGo = (text: string): string =>
      text.replaceAll("<", "\\u003c").replaceAll(">", "\\u003e").replaceAll("&", "\\u0026");
    assert.equal(json, asGo(JSON.stringify(expected, null, 2)));
    assert.equal(minifiedJson, asGo(JSON.stringify(expected)));
  });

  it("puts sources before the document's own statements and overrides over them, by Sid", () => {
    const source = { Version: "2008-10-17", Statement: [{ Sid: "A", Effect: "Allow", Action: "s3:*" }] };
    const override = {
      Statement: [
        { Sid: "B", Effect: "Deny", Action: ["x"] },
        { Effect: "Allow", Action: "y" },
      ],
    };
    const { minifiedJson } = policyDocument({
      statements: [
        { sid: "A", actions: ["ec2:*"] },
        { sid: "B", actions: ["sqs:*"] },
      ],
      sourcePolicyDocuments: [JSON.stringify(source)],
      overridePolicyDocuments: [JSON.stringify(override)],
    });
    assert.deepEqual(JSON.parse(String(minifiedJson)), {
      Version: "2012-10-17",
      Statement: [
        { Sid: "A", Effect: "Allow", Action: "ec2:*" },
        { Sid: "B", Effect: "Deny", Action: ["x"] },
        { Effect: "Allow", Action: "y" },
      ],
    });
  });

  it("writes given statements again, in order", () => {
    const given = {
      Resource: "r",
      Condition: { StringLike: { k: ["z"] }, Bool: { b: true, a: ["q", "p"] } },
      Principal: { Service: ["s"], AWS: ["1", "3"] },
      NotPrincipal: "*",
      Action: ["b", "a", "c"],
      Effect: "Allow",
    };
    const { minifiedJson } = policyDocument({ sourcePolicyDocuments: [JSON.stringify({ Statement: [given] })] });
    const written = {
      Effect: "Allow",
      Action: ["b", "a", "c"],
      Resource: "r",
      Principal: { AWS: ["3", "1"], Service: ["s"] },
      NotPrincipal: "*",
      Condition: { Bool: { a: ["q", "p"], b: "true" }, StringLike: { k: "z" } },
    };
    assert.equal(minifiedJson, JSON.stringify({ Version: "2012-10-17", Statement: [written] }));
  });

  it("refuses what the provider refuses", () => {
    const twice = [
      { sid: "A", actions: ["a"] },
      { sid: "A", actions: ["b"] },
    ];
    assert.throws(() => policyDocument({ statements: twice }), /duplicate Sid \(A\)/);
    const single = JSON.stringify({ Statement: { Effect: "Allow" } });
    assert.throws(() => policyDocument({ sourcePolicyDocuments: [single] }), /must be a list/);
    const variable = [{ resources: ["&{aws:username}"] }];
    assert.throws(() => policyDocument({ version: "2008-10-17", statements: variable }), /not allowed in policies/);
  });
});
