import { deepEqual, equal, ok } from "node:assert/strict";
import * as fc from "fast-check";
import { contentRange, selectBytes, selectionOf } from "../../../functions/normalize/byteRange";
import { NormalizeError } from "../../../functions/normalize/errors";

/** The bytes that a header means, found by looking at each byte: slow, and hard to get wrong. */
function reference(header: string, length: number): number[] | "whole" | "unsatisfiable" {
  const match = /^bytes=([0-9]*)-([0-9]*)$/.exec(header);
  if (!match || header === "bytes=-") return "whole";
  const [first, last] = [match[1] ?? "", match[2] ?? ""].map((digits) => (digits === "" ? undefined : BigInt(digits)));
  if (first !== undefined && last !== undefined && last < first) return "whole";
  const wanted = Array.from({ length }, (_, at) => at).filter((at) =>
    first === undefined
      ? BigInt(length - at) <= (last ?? 0n)
      : BigInt(at) >= first && (last === undefined || BigInt(at) <= last),
  );
  return wanted.length === 0 ? "unsatisfiable" : wanted;
}

function selected(header: string, length: number): number[] | "whole" | "unsatisfiable" {
  try {
    const range = selectBytes(selectionOf(header, undefined), length);
    if (range === undefined) return "whole";
    return Array.from({ length }, (_, at) => at).slice(range.first, range.last + 1);
  } catch (error) {
    ok(error instanceof NormalizeError && error.code === "InvalidRange" && error.status === 416);
    deepEqual(error.headers, { "content-range": `bytes */${length}` });
    return "unsatisfiable";
  }
}

const refusal = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof NormalizeError) return `${error.status} ${error.code}`;
    throw error;
  }
  return "answered";
};

describe("byte ranges of a transformed object", () => {
  const digits = fc.oneof(
    fc.constant(""),
    fc.nat(60).map(String),
    fc.bigInt(0n, 10n ** 40n).map(String),
    fc.nat(60).map((n) => String(n).padStart(30, "0")),
  );

  it("are those that the bytes themselves say", () => {
    fc.assert(
      fc.property(digits, digits, fc.integer({ min: 1, max: 50 }), (first, last, length) => {
        const header = `bytes=${first}-${last}`;
        deepEqual(selected(header, length), reference(header, length));
      }),
      { numRuns: 2000 },
    );
  });

  it("are the whole object for any header that is no range", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.integer({ min: 1, max: 50 }), (header, length) => {
        deepEqual(selected(header, length), reference(header.trim(), length));
      }),
    );
    for (const header of [
      "bytes=0-1,4-5",
      "items=0-1",
      "bytes 0-1",
      "bytes=a-b",
      "bytes=5-2",
      "bytes=-",
      "bytes=--1",
    ]) {
      equal(selected(header, 10), "whole", header);
    }
  });

  it("put together again give the whole, however it is cut", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.integer({ min: 1, max: 64 }), (bytes, step) => {
        const parts: Uint8Array[] = [];
        for (let at = 0; at < bytes.length; at += step) {
          const range = selectBytes(selectionOf(`bytes=${at}-${at + step - 1}`, undefined), bytes.length);
          ok(range);
          equal(
            contentRange(range, bytes.length),
            `bytes ${at}-${Math.min(at + step, bytes.length) - 1}/${bytes.length}`,
          );
          parts.push(bytes.subarray(range.first, range.last + 1));
        }
        deepEqual(Buffer.concat(parts), Buffer.from(bytes));
      }),
    );
  });

  it("are read from a header of any length in no time", () => {
    const started = process.cpuUsage();
    for (const header of [
      `bytes=${"9".repeat(8000)}-`,
      `bytes=-${"9".repeat(8000)}`,
      `bytes=${" ".repeat(8000)}1`,
      `bytes=${"0-1,".repeat(2000)}`,
    ]) {
      selected(header, 10);
    }
    const { user, system } = process.cpuUsage(started);
    // Of processor time: on a busy machine, the time may be somebody else's.
    ok((user + system) / 1000 < 50);
    equal(selected(`bytes=${"9".repeat(8000)}-`, 10), "unsatisfiable");
    equal((selected(`bytes=-${"9".repeat(8000)}`, 10) as number[]).length, 10);
  });

  it("are one part at most, which is the whole object as a range", () => {
    deepEqual(selectBytes(selectionOf(undefined, "1"), 10), { first: 0, last: 9 });
    equal(
      refusal(() => selectBytes(selectionOf(undefined, "2"), 10)),
      "416 InvalidPartNumber",
    );
    for (const number of ["0", "10001", "-1", "1.5", "", "one", "1e1", "9".repeat(8000)]) {
      equal(
        refusal(() => selectionOf(undefined, number)),
        "400 InvalidArgument",
        number,
      );
    }
    equal(
      refusal(() => selectionOf("bytes=0-1", "1")),
      "400 InvalidRequest",
    );
    equal(selectBytes(selectionOf(undefined, undefined), 10), undefined);
  });
});
