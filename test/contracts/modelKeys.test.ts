import { deepEqual, equal, match, throws } from "node:assert/strict";
import * as fc from "fast-check";
import {
  decodeCustomer,
  encodeCustomer,
  MAX_ENCODED_CUSTOMER,
  manifestObjectKey,
  modelObjectKey,
  parseTargetModel,
  pointerObjectKey,
  targetModel,
} from "../../contracts/modelKeys";
import { InvalidInputError } from "../../contracts/problems";

/** Any text that UTF-8 can carry and that stays within the limit however it is encoded (three characters a byte). */
const customers = fc.string({ unit: "binary", minLength: 1, maxLength: Math.floor(MAX_ENCODED_CUSTOMER / 12) });
const versions = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/);

describe("model keys", () => {
  it("encodes to a charset that means nothing to IAM or to a path", () => {
    for (const [customer, encoded] of [
      ["acme-42", "acme-42"],
      ["*", "_2a"],
      ["a/../b", "a_2f_2e_2e_2fb"],
      ["a_b", "a_5fb"],
      ["_2a", "_5f2a"],
      ["Zürich", "Z_c3_bcrich"],
      ["株", "_e6_a0_aa"],
      ["🦊", "_f0_9f_a6_8a"],
      ["a b?$\u007bx}", "a_20b_3f_24_7bx_7d"],
    ] as const) {
      equal(encodeCustomer(customer), encoded);
      equal(decodeCustomer(encoded), customer);
    }
  });

  it("is reversible for every customer", () => {
    fc.assert(
      fc.property(customers, (customer) => {
        const encoded = encodeCustomer(customer);
        match(encoded, /^[A-Za-z0-9_-]+$/);
        equal(decodeCustomer(encoded), customer);
      }),
    );
  });

  it("gives different customers different names", () => {
    fc.assert(
      fc.property(customers, customers, (one, other) => {
        equal(encodeCustomer(one) === encodeCustomer(other), one === other);
      }),
    );
  });

  it("reads nothing but its own spelling", () => {
    for (const encoded of ["", "_", "_4", "_zz", "_2A", "_41", "a.b", "a/b", "_ff", "_c3", "\u0141", "a b", "_-1"]) {
      throws(() => decodeCustomer(encoded), InvalidInputError, `decoded ${JSON.stringify(encoded)}`);
    }
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), (text) => {
        let customer: string;
        try {
          customer = decodeCustomer(text);
        } catch (error) {
          equal(error instanceof InvalidInputError, true);
          return;
        }
        equal(encodeCustomer(customer), text);
      }),
    );
  });

  it("refuses customers that no key can carry", () => {
    const tooLong = ["x".repeat(MAX_ENCODED_CUSTOMER + 1), "_".repeat(Math.ceil((MAX_ENCODED_CUSTOMER + 1) / 3))];
    for (const customer of ["", "\ud800", "a\udc00b", ...tooLong])
      throws(() => encodeCustomer(customer), InvalidInputError);
    equal(encodeCustomer("x".repeat(MAX_ENCODED_CUSTOMER)).length, MAX_ENCODED_CUSTOMER);
  });

  it("spells and reads target models", () => {
    equal(targetModel({ version: "exec-7f3", customer: "a/b" }), "exec-7f3/a_2fb.tar.gz");
    fc.assert(
      fc.property(versions, customers, (version, customer) => {
        deepEqual(parseTargetModel(targetModel({ version, customer })), { version, customer });
      }),
    );
    const wrong = [
      "v1",
      "v1/a",
      "v1/a.tar",
      "/a.tar.gz",
      "v1/a/b.tar.gz",
      "../a.tar.gz",
      "v1/*.tar.gz",
      "v1/a.tar.gz\n",
    ];
    for (const target of wrong) throws(() => parseTargetModel(target), InvalidInputError, target);
  });

  it("refuses versions that would leave their folder or hide in it", () => {
    for (const version of ["", "-a", "a/b", "..", "v 1", "v*", "x".repeat(65), "v1\n"]) {
      throws(() => targetModel({ version, customer: "a" }), InvalidInputError, JSON.stringify(version));
      throws(() => manifestObjectKey("models/", version), InvalidInputError, JSON.stringify(version));
    }
  });

  it("places models, manifests and pointers below their prefixes", () => {
    const key = { version: "v1", customer: "a*" };
    equal(modelObjectKey("", key), "v1/a_2a.tar.gz");
    equal(modelObjectKey("models/", key), "models/v1/a_2a.tar.gz");
    equal(manifestObjectKey("models/", "v1"), "models/v1/manifest.json");
    equal(pointerObjectKey("pointers/", "a*"), "pointers/a_2a.json");
    for (const prefix of ["models", "/models/", "/"]) {
      throws(() => modelObjectKey(prefix, key), InvalidInputError, prefix);
      throws(() => manifestObjectKey(prefix, "v1"), InvalidInputError, prefix);
      throws(() => pointerObjectKey(prefix, "a"), InvalidInputError, prefix);
    }
  });
});
