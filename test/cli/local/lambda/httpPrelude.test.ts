import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { splitPrelude } from "../../../../cli/local/lambda/httpPrelude";
import { FunctionError } from "../../../../cli/local/lambda/runtimeApi";

const SEPARATOR = Buffer.alloc(8);

function cut(bytes: Buffer, sizes: readonly number[]): Readable {
  const pieces: Buffer[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? bytes.length;
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return Readable.from(pieces, { objectMode: false });
}

describe("cli/local/lambda/httpPrelude", () => {
  it("splits metadata from body, however both are cut", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 60 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
        async (bytes, sizes) => {
          const head = Buffer.from(JSON.stringify({ statusCode: 201, headers: { "x-a": "ü" } }));
          const { metadata, body } = await splitPrelude(cut(Buffer.concat([head, SEPARATOR, bytes]), sizes));
          assert.deepEqual(metadata, { statusCode: 201, headers: { "x-a": "ü" } });
          assert.deepEqual([...(await buffer(body))], [...bytes]);
        },
      ),
      { numRuns: 100 },
    );
  });

  it("takes status 200 and no headers when the metadata says neither", async () => {
    const { metadata } = await splitPrelude(cut(Buffer.concat([Buffer.from("{}"), SEPARATOR]), []));
    assert.deepEqual(metadata, { statusCode: 200, headers: {} });
  });

  for (const [what, bytes] of [
    ["that never ends", Buffer.from('{"statusCode":200}')],
    ["longer than 64 KiB", Buffer.alloc(70_000, "a")],
    ["that is no JSON", Buffer.concat([Buffer.from("statusCode"), SEPARATOR])],
    ["with a status that is none", Buffer.concat([Buffer.from('{"statusCode":99}'), SEPARATOR])],
    ["with a header that is no text", Buffer.concat([Buffer.from('{"headers":{"a":1}}'), SEPARATOR])],
  ] as const) {
    it(`refuses metadata ${what}, and reads the rest so that the function can end`, async () => {
      const answer = cut(Buffer.concat([bytes, Buffer.alloc(200_000)]), [1000]);
      const isExpected = (error: unknown): boolean =>
        error instanceof FunctionError && error.errorType === "Runtime.InvalidStreamingResponse";
      const whole = what === "that never ends" ? cut(bytes, [5]) : answer;
      await assert.rejects(splitPrelude(whole), isExpected);
      await new Promise<void>((resolve) => (whole.readableEnded ? resolve() : whole.once("end", () => resolve())));
    });
  }
});
