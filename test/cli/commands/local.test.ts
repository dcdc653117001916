import assert from "node:assert/strict";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import * as z from "zod";
import { photographs } from "../../../cli/job/photographs";
import { withTemporaries } from "../withTemporaries";
import { callCommand } from "./callCommand";
import { runCommand, startCommand } from "./runCommand";

const Part = z.strictObject({ seconds: z.number(), budget: z.number() });

const Summary = z.strictObject({
  ok: z.boolean(),
  seconds: z.number().positive(),
  parts: z.strictObject({
    compose: Part,
    check: Part,
    price: Part,
    start: Part,
    normalize: Part,
    train: Part,
    serve: Part,
    newcomers: Part,
    classify: Part,
  }),
  check: z.strictObject({ resources: z.int().positive(), packs: z.array(z.string()).min(1), violations: z.int() }),
  normalize: z.strictObject({
    images: z.int(),
    perSecond: z.number(),
    p50Ms: z.number(),
    p99Ms: z.number(),
    cpuMsPerImage: z.number(),
  }),
  train: z.strictObject({
    customers: z.int(),
    seconds: z.number(),
    fitsPerSecond: z.number(),
    medianMase: z.number().nullable(),
    naiveMase: z.number().nullable(),
    interruptions: z.int(),
  }),
  serve: z.strictObject({
    models: z.int(),
    requests: z.int(),
    perSecond: z.number(),
    p50Ms: z.number(),
    p99Ms: z.number(),
    coldMs: z.number(),
    coldP99Ms: z.number(),
    coveragePercent: z.number().nullable(),
  }),
  classify: z.strictObject({
    pictures: z.int(),
    correct: z.int(),
    requests: z.int(),
    perSecond: z.number(),
    p50Ms: z.number(),
    p99Ms: z.number(),
    coldMs: z.number(),
    refused: z.int(),
  }),
  newcomers: z.strictObject({
    requests: z.int().positive(),
    p50Ms: z.number(),
    p99Ms: z.number(),
    laterRequests: z.int(),
    laterMs: z.number(),
    nightlyRecords: z.int(),
    nightlySeconds: z.number(),
  }),
  price: z.strictObject({
    monthly: z.number().positive(),
    low: z.number().positive(),
    high: z.number().positive(),
    fixed: z.number(),
    perUse: z.number(),
    notPriced: z.int(),
    derivedPercent: z.number().min(0).max(100),
    bookDate: z.iso.date(),
    bookAgeDays: z.int(),
  }),
  failures: z.array(z.string()),
});

/** A dataset of two customers, so that training is short. */
function dataset(): string {
  const rows = Array.from({ length: 40 }, (_, day) => {
    const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString();
    return `a,${date},${100 + (day % 7)}\nb,${date},${50 + day}\n`;
  });
  return `customer_id,timestamp,consumption\n${rows.join("")}`;
}

/** A stack of pictures alone: what is not about all of the job need not train and serve as well. */
const PICTURES = path.join(__dirname, "fixtures", "pictures");

const Manifest = z.object({ version: z.literal(1), endpoint: z.string(), secretAccessKey: z.string() });

describe("cli/commands/local", function () {
  this.timeout(180_000);
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "frugal-ml-test-"));
    mkdirSync(path.join(folder, "images"));
    writeFileSync(data(), dataset());
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const out = (): string => path.join(folder, "out");
  const data = (): string => path.join(folder, "data.csv");
  const images = (): string => path.join(folder, "images");
  const readOut = (file: string): unknown => JSON.parse(readFileSync(path.join(out(), file), "utf8"));
  const local = (...args: readonly string[]) => runCommand(["local", "--out", out(), ...args], { TMPDIR: folder });
  /** In this process, for what ends before it begins. */
  const refused = (...args: readonly string[]) =>
    withTemporaries(folder, () => callCommand(["local", "--out", out(), ...args]));
  const leftInTemp = (): readonly string[] => readdirSync(folder).filter((name) => name.startsWith("frugal-ml-"));

  it("normalises a user's own photographs, writes its summary, exits with 0 and leaves nothing", async () => {
    const [picture] = await photographs();
    assert.ok(picture);
    copyFileSync(picture.file, path.join(images(), "my own photo.jpg"));
    const { exitCode, stdout, stderr } = await local("--images", images(), "--data", data(), "--interrupt", "--json");
    assert.equal(exitCode, 0, stderr);
    for (const part of ["compose", "check", "start", "normalize"]) assert.match(stderr, new RegExp(`^${part} `, "m"));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: plain lines have no terminal sequences
    assert.doesNotMatch(stderr, /\x1b|\r/);
    assert.deepEqual(JSON.parse(stdout), readOut("summary.json"));
    const summary = Summary.parse(readOut("summary.json"));
    assert.equal(summary.ok, true);
    assert.deepEqual(summary.failures, []);
    assert.equal(summary.normalize.images, 1);
    for (const figure of ["perSecond", "p50Ms", "p99Ms", "cpuMsPerImage"] as const) {
      assert.ok(summary.normalize[figure] > 0, figure);
    }
    assert.ok(summary.normalize.p99Ms >= summary.normalize.p50Ms);
    assert.equal(summary.train.customers, 2);
    assert.ok(summary.train.interruptions >= 1);
    const { models, requests, coldMs, coveragePercent } = summary.serve;
    // Nothing of a user's own data is held back.
    assert.deepEqual([models, requests, coveragePercent], [2, 4, null]);
    assert.ok(coldMs > 0);
    const { pictures, correct, p50Ms, p99Ms, refused, ...classified } = summary.classify;
    assert.equal(pictures, 40);
    assert.ok(correct >= 36, `${correct}`);
    assert.equal(refused, 16);
    assert.ok(p50Ms > 0 && p50Ms <= p99Ms && classified.coldMs > 0 && classified.requests > 40);
    const drawing = readFileSync(path.join(out(), "forecasts.svg"), "utf8");
    assert.match(drawing, /^<svg [\s\S]*customer a[\s\S]*customer b[\s\S]*<\/svg>\s*$/);
    const page = readFileSync(path.join(out(), "report.html"), "utf8");
    assert.ok(page.includes("Everything held") && page.includes("my own photo.jpg") && page.length < 1_500_000);
    assert.equal(existsSync(path.join(out(), "local.json")), false);
    assert.deepEqual(leftInTemp(), []);
    // The whole job: on a busy machine it has a fraction of a processor.
  }).timeout(180_000);

  it("cannot run with a dataset that is not there: exit code 2", async () => {
    const { exitCode, stderr } = await refused("--data", path.join(folder, "none.csv"));
    assert.equal(exitCode, 2);
    assert.match(stderr, /^frugal-ml: NoData: --data: /m);
  });

  it("names the photograph that fails and why, serves all the same, and exits with 1 after SIGTERM", async () => {
    const [picture] = await photographs();
    assert.ok(picture);
    copyFileSync(picture.file, path.join(images(), "good.jpg"));
    writeFileSync(path.join(images(), "broken.jpg"), readFileSync(picture.file).subarray(0, 3000));
    const args = ["local", "--program", PICTURES, "--serve", "--port", "0", "--images", images(), "--out", out()];
    const command = startCommand(args, { TMPDIR: folder });
    const stdout = await command.printed(/Stop with Ctrl-C[\s\S]*signed for lambda/);
    for (const delivery of ["function-url", "object-lambda"]) {
      assert.match(stdout, new RegExp(`✗ broken\\.jpg through ${delivery}: 400 .*CorruptImage`));
    }
    assert.doesNotMatch(stdout, /good\.jpg/);
    const summary = Summary.pick({ ok: true, failures: true }).strip().parse(readOut("summary.json"));
    assert.equal(summary.ok, false);
    // One line a read delivery, and one for the derived object that there cannot be.
    assert.equal(summary.failures.length, 3);
    const { endpoint, secretAccessKey } = Manifest.parse(readOut("local.json"));
    assert.equal(statSync(path.join(out(), "local.json")).mode & 0o777, 0o600);
    assert.equal((await fetch(`${endpoint}/_health`)).status, 200);
    const served = await fetch(`${endpoint}/_report`);
    assert.equal(await served.text(), readFileSync(path.join(out(), "report.html"), "utf8"));
    assert.match(stdout, new RegExp(`${endpoint}/_report`));
    command.child.kill("SIGTERM");
    const { exitCode, stderr } = await command.result;
    assert.equal(exitCode, 1);
    assert.match(stderr, /Last lines of the functions:/);
    assert.ok(!stderr.includes(secretAccessKey));
    await assert.rejects(fetch(`${endpoint}/_health`));
    assert.deepEqual(leftInTemp(), []);
  });

  it("stops in the midst of the job at SIGINT, with exit code 2 and nothing left", async () => {
    const command = startCommand(["local", "--program", PICTURES, "--out", out()], { TMPDIR: folder });
    await command.printed(/^check /m);
    command.child.kill("SIGINT");
    const { exitCode, stderr } = await command.result;
    assert.equal(exitCode, 2);
    assert.match(stderr, /^frugal-ml: Interrupted: the job was stopped before it was done$/m);
    assert.equal(existsSync(path.join(out(), "summary.json")), false);
    assert.deepEqual(leftInTemp(), []);
  });

  it("cannot run with an empty folder of photographs: exit code 2", async () => {
    const { exitCode, stderr } = await refused("--images", images());
    assert.equal(exitCode, 2);
    assert.match(stderr, /^frugal-ml: NoPhotographs: --images .*: no file in it$/m);
    assert.deepEqual(leftInTemp(), []);
  });

  it("cannot run where nothing can be written, and says so before it runs", async () => {
    const { exitCode, stderr } = await callCommand(["local", "--out", path.join(data(), "out")]);
    assert.equal(exitCode, 2);
    assert.match(stderr, /^frugal-ml: ReportNotWritten: .*data\.csv\/out cannot be written: /);
  });

  it("cannot run on a port that is in use: exit code 2, and how to choose another", async () => {
    const server = net.createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    try {
      const address = server.address();
      assert.ok(address && typeof address === "object");
      const { exitCode, stderr } = await refused("--port", String(address.port));
      assert.equal(exitCode, 2);
      assert.equal(stderr, `frugal-ml: PortInUse: port ${address.port} is in use; choose another with --port\n`);
    } finally {
      server.close();
    }
  });

  it("cannot run a stack that does not exist: exit code 2, and those that do", async () => {
    const { exitCode, stderr } = await refused("--stack", "staging");
    assert.equal(exitCode, 2);
    assert.match(stderr, /^frugal-ml: StackNotFound: .*staging/);
    for (const stack of ["dev", "local", "prod"]) assert.ok(stderr.includes(stack), stderr);
    assert.deepEqual(leftInTemp(), []);
  });

  it("refuses options that it does not have or that have a wrong value: exit code 2", async () => {
    const results = [
      await callCommand(["local", "--nonsense"]),
      await callCommand(["local", "--port", "70000"]),
    ] as const;
    assert.deepEqual(
      results.map(({ exitCode }) => exitCode),
      [2, 2],
    );
    assert.match(results[0].stderr, /unknown option '--nonsense'/);
    assert.match(results[1].stderr, /integer from 0 to 65535/);
  });
});
