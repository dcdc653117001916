import { deepEqual, equal } from "node:assert/strict";
import { format, inspect } from "node:util";
import * as fc from "fast-check";
import {
  AssetReference,
  containsUnknown,
  type GraphValue,
  isGraphObject,
  isUnknown,
  reveal,
  Secret,
  typeChain,
  UNKNOWN,
  Unknown,
} from "../../contracts/graph";

const PLAINTEXT = "correct-horse-battery-staple";

describe("graph values", () => {
  it("never prints a secret, however it is printed", () => {
    const secret = new Secret(PLAINTEXT);
    const nested = { a: [secret], b: new Secret({ password: PLAINTEXT }) };
    const printed = [
      JSON.stringify(nested),
      JSON.stringify(secret),
      inspect(nested, { depth: null, showHidden: true }),
      inspect(secret, { customInspect: false, showHidden: true }),
      `${secret}`,
      `${[secret, secret]}`,
      format("%s %o %O %j", secret, secret, secret, secret),
      Object.entries(secret).join(),
      JSON.stringify(structuredClone({ ...secret })),
    ];
    for (const text of printed) equal(text.includes(PLAINTEXT), false, text);
    equal(JSON.stringify({ secret }), '{"secret":"[secret]"}');
    equal(`${secret}`, "[secret]");
    equal(inspect(secret), "[secret]");
    equal(secret.value, PLAINTEXT);
  });

  it("says what an unknown waits for when it is serialised", () => {
    equal(JSON.stringify(UNKNOWN), '{"$unknown":{}}');
    equal(JSON.stringify(new Unknown("urn:x", "arn")), '{"$unknown":{"urn":"urn:x","property":"arn"}}');
  });

  it("finds unknowns at any depth, in lists, objects and secrets", () => {
    for (const value of [
      UNKNOWN,
      [1, [UNKNOWN]],
      { a: { b: UNKNOWN } },
      new Secret(UNKNOWN),
      [new Secret({ a: [UNKNOWN] })],
    ]) {
      equal(containsUnknown(value), true, inspect(value));
    }
    const known: (GraphValue | undefined)[] = [
      undefined,
      null,
      0,
      "",
      "unknown",
      [],
      {},
      new Secret("x"),
      new AssetReference("file", "a"),
      { a: [null] },
    ];
    for (const value of known) equal(containsUnknown(value), false, inspect(value));
  });

  it("finds an unknown wherever it is put", () => {
    const places = fc.array(fc.constantFrom("list", "object", "secret"), { maxLength: 6 });
    const wrap = (value: GraphValue, place: string): GraphValue =>
      place === "list" ? [1, value] : place === "object" ? { a: "b", c: value } : new Secret(value);
    fc.assert(
      fc.property(places, (path) => {
        equal(containsUnknown(path.reduce(wrap, new Unknown("urn:x"))), true);
        equal(containsUnknown(path.reduce(wrap, "known")), false);
      }),
    );
  });

  it("tells unknown from absent and from containing one", () => {
    deepEqual([UNKNOWN, new Unknown("urn:x"), undefined, null, [UNKNOWN]].map(isUnknown), [
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it("reveals secrets, also of secrets", () => {
    equal(reveal(new Secret(new Secret(3))), 3);
    equal(reveal("plain"), "plain");
    equal(reveal(undefined), undefined);
  });

  it("takes only plain objects for objects", () => {
    equal(isGraphObject({}), true);
    for (const value of [undefined, null, [], "x", UNKNOWN, new Secret({}), new AssetReference("text", "x")]) {
      equal(isGraphObject(value), false, inspect(value));
    }
  });

  it("reads the chain of types that a URN spells", () => {
    deepEqual(
      typeChain("urn:pulumi:dev::p::frugal-ml:index:NormalizingAccessPoint$aws:s3/bucket:Bucket::images-bucket"),
      ["frugal-ml:index:NormalizingAccessPoint", "aws:s3/bucket:Bucket"],
    );
    deepEqual(typeChain("urn:pulumi:dev::p::aws:s3/bucket:Bucket::a::b"), ["aws:s3/bucket:Bucket"]);
  });
});
