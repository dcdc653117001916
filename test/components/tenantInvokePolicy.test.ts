import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import * as z from "zod";
import { tenantInvokePolicy } from "../../components";
import type { TenantInvokePolicyArgs } from "../../components/tenantInvokePolicy";
import { encodeCustomer, MAX_ENCODED_CUSTOMER, targetModel } from "../../contracts/modelKeys";
import { settled } from "./recordedProgram";

const ENDPOINT = "arn:aws:sagemaker:eu-central-1:123456789012:endpoint/frugal-ml-prod-forecasts";
const POINTERS = "s3://our-models/teams/forecast/pointers/";
const KEY = "arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d";

const Policy = z.object({
  Statement: z.array(
    z.object({
      Action: z.string(),
      Resource: z.string(),
      Condition: z.record(z.string(), z.record(z.string(), z.string())).optional(),
    }),
  ),
});

async function policyOf(customer: string, further: Partial<TenantInvokePolicyArgs> = {}): Promise<unknown> {
  const given = { endpointArn: ENDPOINT, pointersUri: pulumi.output(POINTERS), customer, ...further };
  return JSON.parse(await settled(tenantInvokePolicy(given)));
}

function problemsOf(args: Partial<TenantInvokePolicyArgs>): readonly string[] {
  try {
    tenantInvokePolicy({ endpointArn: ENDPOINT, pointersUri: POINTERS, customer: "42", ...args });
    return [];
  } catch (error) {
    if (!pulumi.InputPropertiesError.isInstance(error)) throw error;
    return error.errors.map(({ propertyPath, reason }) => `${propertyPath}: ${reason.split(";")[0]}`);
  }
}

/** IAM's StringLike, and its patterns of resources: `*` is any text, slashes among it, and `?` one character. */
function isLike(pattern: string, value: string): boolean {
  const parts = [...pattern].map((character) => {
    if (character === "*") return ".*";
    return character === "?" ? "." : character.replace(/[\\^$.|+()[\]{}/]/, "\\$&");
  });
  return new RegExp(`^${parts.join("")}$`, "su").test(value);
}

/** Whether a policy allows a call; a condition on a key that the call does not have is not met. */
function allows(policy: unknown, action: string, resource: string, context: Readonly<Record<string, string>>): boolean {
  return Policy.parse(policy).Statement.some(({ Action, Resource, Condition = {} }) => {
    const met = Object.entries(Condition).flatMap(([operator, values]) =>
      Object.entries(values).map(([key, wanted]) => {
        const value = context[key];
        return value !== undefined && (operator === "StringLike" ? isLike(wanted, value) : wanted === value);
      }),
    );
    return Action === action && isLike(Resource, resource) && met.every(Boolean);
  });
}

function invokes(policy: unknown, target: string | undefined): boolean {
  const context: Record<string, string> = target === undefined ? {} : { "sagemaker:TargetModel": target };
  return allows(policy, "sagemaker:InvokeEndpoint", ENDPOINT, context);
}

describe("tenantInvokePolicy", () => {
  it("allows one customer's models at one endpoint, and one pointer", async () => {
    deepEqual(await policyOf("42"), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "InvokeOwnModels",
          Effect: "Allow",
          Action: "sagemaker:InvokeEndpoint",
          Resource: ENDPOINT,
          Condition: { StringLike: { "sagemaker:TargetModel": "*/42.tar.gz" } },
        },
        {
          Sid: "ReadOwnPointer",
          Effect: "Allow",
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::our-models/teams/forecast/pointers/42.json",
        },
      ],
    });
  });

  it("spells an id so that nothing in it is a pattern, and has the key of an encrypted pointer", async () => {
    deepEqual(await policyOf("ä*/?_$", { kmsKeyArn: pulumi.output(KEY), endpointArn: pulumi.output(ENDPOINT) }), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "InvokeOwnModels",
          Effect: "Allow",
          Action: "sagemaker:InvokeEndpoint",
          Resource: ENDPOINT,
          Condition: { StringLike: { "sagemaker:TargetModel": "*/_c3_a4_2a_2f_3f_5f_24.tar.gz" } },
        },
        {
          Sid: "ReadOwnPointer",
          Effect: "Allow",
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::our-models/teams/forecast/pointers/_c3_a4_2a_2f_3f_5f_24.json",
        },
        {
          Sid: "DecryptOwnPointer",
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: KEY,
          Condition: { StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" } },
        },
      ],
    });
  });

  it("keeps to the partition of the endpoint, and to the root of a bucket", async () => {
    const endpointArn = "arn:aws-cn:sagemaker:cn-north-1:123456789012:endpoint/forecasts";
    const policy = Policy.parse(await policyOf("42", { endpointArn, pointersUri: "s3://our-pointers/" }));
    deepEqual(
      policy.Statement.map(({ Resource }) => Resource),
      [endpointArn, "arn:aws-cn:s3:::our-pointers/42.json"],
    );
  });

  it("matches every version of the customer's own models, and no other tenant's", async () => {
    const tenants = [
      "a",
      "ba",
      "x/a",
      "a.tar.gz",
      "/a",
      "a/",
      "*",
      "?",
      "a*",
      "**",
      "*/a",
      "A",
      "_",
      "_2a",
      "ä",
      "日本",
      "a b",
    ];
    for (const customer of tenants) {
      const policy = await policyOf(customer);
      for (const other of tenants) {
        for (const version of ["951ms60b0dkf", "v1", "A-2026-11-25"]) {
          const target = targetModel({ version, customer: other });
          equal(invokes(policy, target), other === customer, `${customer} asks for ${target}`);
        }
        const pointer = `arn:aws:s3:::our-models/teams/forecast/pointers/${encodeCustomer(other)}.json`;
        equal(allows(policy, "s3:GetObject", pointer, {}), other === customer, `${customer} reads ${pointer}`);
      }
    }
  });

  it("tells any two customers apart", async () => {
    // Three characters stand for a byte; the marks need some too.
    const id = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
      .filter((text) => Buffer.byteLength(text) <= MAX_ENCODED_CUSTOMER / 3 - 2);
    const likeEachOther = fc
      .tuple(id, fc.constantFrom("", "/", "*", "?", "_", "."))
      .map(([text, mark]) => [text, `${mark}${text}`, `${text}${mark}`]);
    await fc.assert(
      fc.asyncProperty(fc.oneof(likeEachOther, fc.array(id, { minLength: 2, maxLength: 4 })), async (ids) => {
        for (const customer of ids) {
          const policy = await policyOf(customer);
          for (const other of ids)
            equal(invokes(policy, targetModel({ version: "v1", customer: other })), other === customer);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("allows no call without a model, no other endpoint and no other action", async () => {
    const policy = await policyOf("42");
    const own = { "sagemaker:TargetModel": "v1/42.tar.gz" };
    equal(invokes(policy, "v1/42.tar.gz"), true);
    equal(invokes(policy, undefined), false);
    equal(invokes(policy, "42.tar.gz"), false);
    equal(invokes(policy, "v1/42.tar.gz.tar.gz"), false);
    equal(allows(policy, "sagemaker:InvokeEndpoint", `${ENDPOINT}-2`, own), false);
    equal(allows(policy, "sagemaker:InvokeEndpointAsync", ENDPOINT, own), false);
    equal(allows(policy, "s3:PutObject", "arn:aws:s3:::our-models/teams/forecast/pointers/42.json", {}), false);
  });

  it("refuses what would widen it, all at once, and checks what arrives later", async () => {
    const wrong = { endpointArn: "arn:aws:sagemaker:*:*:endpoint/*", pointersUri: "s3://our-models/*/", customer: "" };
    deepEqual(problemsOf({ ...wrong, kmsKeyArn: "*" }), [
      'customer: given ""',
      'endpointArn: given "arn:aws:sagemaker:*:*:endpoint/*"',
      'pointersUri: given "s3://our-models/*/"',
      'kmsKeyArn: given "*"',
    ]);
    deepEqual(problemsOf({ customer: "\ud800" }).length, 1);
    ok(problemsOf({ customer: "日".repeat(200) })[0]?.startsWith("customer"));
    await rejects(policyOf("42", { endpointArn: pulumi.output("*") }), /endpointArn: given "\*"/);
    await rejects(policyOf("42", { pointersUri: pulumi.output("s3://our-models/pointers") }), /pointersUri: given/);
  });
});
