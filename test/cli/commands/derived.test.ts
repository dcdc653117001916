import { deepEqual, equal, rejects } from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { backfillCommand } from "../../../cli/commands/backfill";
import { completeCommand } from "../../../cli/commands/complete";
import { HASH, HandmadeSet } from "../derived/handmadeSet";
import { captured } from "./callCommand";
import { runCommand } from "./runCommand";

/** Runs a command in this process; returns what it printed and the exit code that it chose. */
async function run(
  command: Command,
  ...args: string[]
): Promise<{ readonly output: string; readonly exitCode: unknown }> {
  const { stdout: output, exitCode } = await captured(() => command.parseAsync(args, { from: "user" }));
  return { output, exitCode };
}

describe("frugal-ml complete and backfill", function () {
  this.timeout(30_000);
  let made: HandmadeSet;
  let manifest: string;

  beforeEach(async () => {
    made = await HandmadeSet.start();
    manifest = await made.manifest();
  });

  afterEach(() => made?.stop());

  const complete = (...args: string[]) => run(completeCommand(), ...args);
  const backfill = (...args: string[]) => run(backfillCommand(), ...args);
  const sentKeys = async (): Promise<readonly string[]> => {
    const messages = await made.queue.receive({ max: 10 });
    return messages.map(({ body }) => JSON.parse(body).Records[0].s3.object.key);
  };
  const refused = (call: Promise<unknown>, code: string) => rejects(call, { name: "CannotRunError", code });

  it("complete exits with 0 when everything is derived, and with 1 and the keys when not", async () => {
    await made.derived("a", await made.original("a"));
    deepEqual(await complete("--from", manifest), { output: "complete: 1 of 1 original derived\n", exitCode: 0 });
    await made.original("b b");
    await made.derived("c", await made.original("c"), { "frugal-ml-code": "CorruptImage" });
    await made.derived("d", "gone");
    deepEqual(await complete("--from", manifest), {
      output:
        "  missing     b b\n  quarantined c CorruptImage\n  orphan      d\n" +
        "not complete: 1 of 3 originals derived, 1 missing, 1 orphan, 1 quarantined\n",
      exitCode: 1,
    });
    const { output, exitCode } = await complete("--from", manifest, "--list", "1", "--allow-quarantined");
    deepEqual(output.split("\n").slice(0, 2), ["  missing     b b", "  … and 1 more"]);
    equal(exitCode, 1);
  });

  it("both print JSON for programs", async () => {
    await made.derived("a", await made.original("a"));
    await made.original("b");
    const { output, exitCode } = await complete("--from", manifest, "--json");
    equal(exitCode, 1);
    deepEqual(JSON.parse(output), {
      complete: false,
      wrong: 1,
      counts: { current: 1, placeholder: 0, missing: 1, stale: 0, orphan: 0, quarantined: 0 },
      keys: [{ key: "b", state: "missing" }],
    });
    deepEqual(JSON.parse((await backfill("--from", manifest, "--json")).output), { examined: 2, sent: 1 });
  });

  it("complete --wait ends as soon as the last original is derived", async () => {
    const etag = await made.original("a");
    setTimeout(() => void made.derived("a", etag), 300);
    equal((await complete("--from", manifest, "--wait", "20")).exitCode, 0);
  });

  it("backfill sends what is missing, stale or orphaned, once each, and nothing that is right", async () => {
    await made.derived("a", await made.original("a"));
    await made.original("größe +1.jpg");
    await made.derived("c", await made.original("c", "before"));
    await made.original("c", "after");
    await made.derived("d", "gone");
    await made.derived("e", await made.original("e"), { "frugal-ml-code": "CorruptImage" });
    deepEqual(await backfill("--from", manifest), { output: "5 keys examined, 3 messages sent\n", exitCode: 0 });
    deepEqual(await sentKeys(), ["c", "d", "gr%C3%B6%C3%9Fe+%2B1.jpg"]);
  });

  it("backfill --retry-quarantined takes the entry away, so that the original is tried again", async () => {
    await made.derived("e", await made.original("e"), { "frugal-ml-code": "CorruptImage" });
    equal((await backfill("--from", manifest, "--retry-quarantined")).output, "1 key examined, 1 message sent\n");
    deepEqual(await sentKeys(), ["e"]);
    equal((await complete("--from", manifest)).output.split("\n")[0], "  missing     e");
  });

  it("backfill sends more than a batch", async () => {
    for (let index = 0; index < 23; index++) await made.original(`k${index}`);
    equal((await backfill("--from", manifest)).output, "23 keys examined, 23 messages sent\n");
    equal(made.queue.counts.visible, 23);
  });

  it("work from a stack's outputs, and part by part, with the standard AWS environment", async () => {
    await made.original("a");
    const { endpoint, region } = made.plane.cloud;
    const { accessKeyId, secretAccessKey } = made.plane.credentials;
    const environment = {
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
    };
    const images = {
      originals: "originals",
      derivedBucket: "derived",
      derivedPrefix: `${HASH}/`,
      queueUrl: made.queueUrl,
    };
    const outputs = await made.file("outputs.json", { images, version: 3 });
    const parts = ["--source", "originals", "--derived", "derived", "--prefix", `${HASH}/`];
    const [fromOutputs, fromParts, sent] = await Promise.all([
      runCommand(["complete", "--from", outputs], environment),
      runCommand(["complete", ...parts], environment),
      runCommand(["backfill", ...parts, "--queue-url", made.queueUrl], environment),
    ]);
    deepEqual(
      [fromOutputs, fromParts].map(({ exitCode, stdout }) => [exitCode, stdout]),
      Array(2).fill([1, "  missing     a\nnot complete: 0 of 1 original derived, 1 missing\n"]),
    );
    deepEqual([sent.exitCode, sent.stdout], [0, "1 key examined, 1 message sent\n"]);
  });

  it("say what is missing or wrong, and cannot run", async () => {
    const parts = ["--source", "originals", "--derived", "derived"];
    await refused(complete(), "NoDerivedSet");
    await refused(complete(...parts), "NoDerivedSet");
    await refused(complete(...parts, "--prefix", "latest"), "NoDerivedSet");
    await refused(complete("--from", manifest, "--source", "originals"), "NoDerivedSet");
    await refused(complete("--from", "nowhere.json"), "NoDerivedSet");
    await refused(complete("--from", await made.file("text", "{")), "NoDerivedSet");
    await refused(complete("--from", await made.file("empty.json", {})), "NoDerivedSet");
    await refused(complete("--from", manifest, "--access-point", "others"), "NoDerivedSet");
    await refused(backfill(...parts, "--prefix", HASH), "NoDerivedSet");
    const plane = { ...JSON.parse(readFileSync(manifest, "utf8")), secretAccessKey: "wrong" };
    await refused(complete("--from", await made.file("denied.json", plane)), "SignatureDoesNotMatch");
    plane.endpoint = "http://127.0.0.1:1";
    await refused(complete("--from", await made.file("away.json", plane)), "NotReached");
    await refused(complete("--from", await made.file("none.json", made.plane.manifest())), "NoDerivedSet");
    await made.plane.store.deleteBucket("originals");
    await refused(complete("--from", manifest), "NoSuchBucket");
  });

  it("backfill says that the queue does not exist", async () => {
    await made.original("a");
    await refused(backfill("--from", manifest, "--queue-url", `${made.queueUrl}-not`), "QueueDoesNotExist");
  });
});
