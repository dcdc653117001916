import { deepEqual, equal, ok } from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { text } from "node:stream/consumers";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import * as z from "zod";
import { Fit } from "../../../../contracts/transformation";
import { NORMALIZE_ERRORS } from "../../../../functions/normalize/errors";
import { frame } from "../../../../functions/normalize/framing";
import type { Told } from "../../../cli/local/readers";
import { type ReadStack, startReadStack } from "../../../cli/local/readStack";
import { sourceArguments } from "../../../compiled/sourceArguments";
import { basePictures } from "./basePictures";
import { hostileCorpus } from "./hostileCorpus";
import type { Expected, HostileInput } from "./hostileInput";
import { sha256 } from "./normalizeCorpus";

/** Least inputs of the corpus. */
const LEAST = 500;

/** Memory of a function unless its stack says otherwise, in MB: no input may need more. */
const MEMORY_MB = 512;

/** Milliseconds that one input may take on a busy machine: what takes longer could hold a function up. */
const MOST_MS = 5000;

/** Codes that blame the image. */
const BLAME = ["CorruptImage", "TooManyPixels", "UnsupportedFormat"];

const Became = z.strictObject({
  name: z.string(),
  sha256: z.string(),
  shape: z.string().optional(),
  code: z.string().optional(),
  message: z.string().optional(),
  stretched: z.string().optional(),
  ms: z.number(),
  peakMb: z.number(),
});

/** The code, or the shape of the picture inside 64 x 64. */
function expectedResult(expected: Exclude<Expected, "either">): string {
  if (typeof expected === "string") return expected;
  const [width, height] = expected;
  const inside = frame({ width, height }, { fit: Fit.Inside, width: 64, height: 64 });
  return `${inside.height}x${inside.width}x1`;
}

/** What an input that may end either way came to, when that is one of the ways; otherwise what they are. */
function eitherResult(result: string): string {
  const isPicture = /^(64x\d{1,2}|\d{1,2}x64)x1$/.test(result);
  return isPicture || BLAME.includes(result) ? result : `a picture inside 64 x 64, or one of ${BLAME.join(", ")}`;
}

/** Made once for all tests, when the first one runs. */
let made: Promise<readonly HostileInput[]> | undefined;
function allInputs(): Promise<readonly HostileInput[]> {
  made ??= hostileCorpus();
  return made;
}

describe("functions/normalize: the hostile corpus", function () {
  this.timeout(120_000);
  let corpus: readonly HostileInput[];

  before(async () => {
    corpus = await allInputs();
  });

  it(`has at least ${LEAST} inputs, each with a name of its own`, () => {
    ok(corpus.length >= LEAST, `${corpus.length}`);
    equal(new Set(corpus.map(({ name }) => name)).size, corpus.length);
  });

  it("ends as expected, input by input, in one process that survives it within a function's memory", async () => {
    const child = spawn(process.execPath, [...sourceArguments(), path.join(__dirname, "normalizeCorpus.ts")], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const exited = once(child, "exit");
    const lines = (await text(child.stdout)).trim().split("\n");
    const results = lines.map((line) => Became.parse(JSON.parse(line)));
    deepEqual(await exited, [0, null]);
    // The corpus is the same each time.
    equal(results.length, corpus.length);
    deepEqual(
      results.filter((result, index) => result.sha256 !== sha256(corpus[index]?.bytes ?? Buffer.of())),
      [],
    );
    const got = results.map(({ name, shape, code }) => `${name}: ${code ?? shape}`);
    const wanted = corpus.map(({ name, expected }, index) => {
      const { code, shape } = results[index] ?? {};
      const result = expected === "either" ? eitherResult(code ?? shape ?? "nothing") : expectedResult(expected);
      return `${name}: ${result}`;
    });
    deepEqual(got, wanted);
    deepEqual(
      results.map(({ name, stretched }) => `${name}: ${stretched}`),
      results.map(({ name, code }) => `${name}: ${code ?? "64x64x1"}`),
    );
    deepEqual(
      results.filter(({ ms }) => ms > MOST_MS).map(({ name, ms }) => `${name}: ${ms} ms`),
      [],
    );
    const peakMb = Math.max(...results.map((result) => result.peakMb));
    ok(peakMb < MEMORY_MB, `${peakMb} MB`);
  });
});

describe("functions/normalize: the hostile corpus through the stack local", function () {
  this.timeout(120_000);
  let stack: ReadStack;

  before(async () => {
    stack = await startReadStack();
  });

  after(async () => {
    stack?.client.destroy();
    await stack?.plane.stop();
  });

  it("gets the same code and status through both deliveries, and each next request is served", async () => {
    const { client, objectLambda, readers } = stack;
    const put = (Key: string, Body: Uint8Array) =>
      client.send(new PutObjectCommand({ Bucket: objectLambda.bucket, Key, Body }));
    const good = (await basePictures()).jpeg;
    await put("good.jpg", good);
    const ask = (key: string): Promise<Told[]> => Promise.all(readers.map((read) => read({ key })));
    const served = await ask("good.jpg");
    deepEqual(
      served.map(({ status }) => status),
      [200, 200],
    );
    // At even steps, so that every family of inputs is in the sample.
    const sample = (await allInputs()).filter((input, index) => index % 13 === 0 && input.options === undefined);
    for (const { name, bytes, expected } of sample) {
      await put("hostile.jpg", bytes);
      const [first, second] = await ask("hostile.jpg");
      deepEqual(first, second, name);
      const told = first?.code ?? "a picture";
      if (expected === "either") ok(first?.status === 200 || BLAME.includes(told), `${name}: ${told}`);
      else if (typeof expected === "string") deepEqual([told, first?.status], [expected, statusOf(expected)], name);
      else equal(first?.status, 200, `${name}: ${told}`);
    }
    deepEqual(await ask("good.jpg"), served);
  });
});

function statusOf(code: keyof typeof NORMALIZE_ERRORS): number {
  return NORMALIZE_ERRORS[code].status;
}
