import { deepEqual, equal, match, ok } from "node:assert/strict";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { runPack } from "../../../cli/check/runPack";
import { CannotRunError } from "../../../contracts/cannotRunError";
import { type GraphObject, type GraphResource, Secret, UNKNOWN } from "../../../contracts/graph";
import { parsePolicyConfiguration } from "../../../policy/configuration";
import { findingText } from "../../../policy/findingText";
import type { PackResult } from "../../../policy/verdict";
import { declared, declaredComponent, graphOf } from "../../policy/declared";

const BUCKET = "aws:s3/bucket:Bucket";
const pack = (name: string) => join(__dirname, "fixtures", name);
const stack = declaredComponent("pulumi:pulumi:Stack", "shop-test");
const OURS = { owner: "acme" };
const bucket = (inputs: GraphObject, over: Partial<GraphResource> = {}) =>
  declared(BUCKET, "photos", { tags: OURS, ...inputs }, over);

/** Every verdict on one line: what it does, the policy, the resource and what it says. */
function lines({ verdicts }: PackResult): string[] {
  return verdicts.map(({ rule, resource, finding, violation }) => {
    const text = findingText(finding).replaceAll("\n", " / ");
    return `${violation ? "refuses" : "shows"} ${rule.id} ${resource?.name}: ${text}`;
  });
}

async function failure(run: Promise<unknown>): Promise<CannotRunError> {
  const error = await run.then(
    () => new Error("it did not fail"),
    (reason: unknown) => reason,
  );
  if (error instanceof CannotRunError) return error;
  throw error;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe("anyone's policy pack, as a process", function () {
  this.timeout(60_000);

  describe("by its own levels", () => {
    let result: PackResult;
    const { tags: _, ...untagged } = bucket({}).inputs;
    const first = declared(BUCKET, "first", { tags: OURS, acl: "public-read" });
    const second = declared(BUCKET, "longer-than-eight", { tags: OURS }, { dependencies: [first.urn] });

    before(async () => {
      result = await runPack(
        pack("acme"),
        graphOf(
          stack,
          first,
          second,
          declared(BUCKET, "waits", { tags: OURS, bucket: UNKNOWN }),
          declared(BUCKET, "untagged", untagged),
          declared(BUCKET, "theirs", { tags: { owner: "them" } }),
          declared("acme:index:Key", "key", { token: new Secret('hunter"2') }),
          declared(BUCKET, "read", { acl: "public-read", tags: OURS }, { external: true }),
        ),
      );
    });

    it("refuses and shows what each policy says of resources and of the stack; secrets stay secret", () => {
      deepEqual(lines(result), [
        "refuses acme-private first: acl is public-read",
        "shows acme-name longer-than-eight: the name is too long",
        "shows acme-unknown waits: cannot be told yet: bucket: not known yet; the policy stopped there, so nothing more is told",
        "refuses acme-tags theirs: the owner is somebody else",
        "refuses acme-talkative key: the token [secret] is 8 characters long",
        "refuses acme-stack shop-test: too many buckets",
        "refuses acme-stack longer-than-eight: depends on a bucket",
      ]);
    });

    it("remediates before it analyzes", () => {
      const mended = result.remediations.map(({ rule, resource }) => `${rule.id} ${resource.name}`);
      deepEqual(mended, ["acme-tags untagged"]);
    });

    it("takes names, version, severity, fix and page from the pack", () => {
      deepEqual([result.pack, result.version, result.policies.length], ["acme", "9.9.9", 9]);
      deepEqual(result.verdicts[0]?.rule, {
        id: "acme-private",
        pack: "acme",
        title: "Buckets are private.",
        fix: "Remove the acl.",
        docs: "https://example.com/acme-private",
        severity: "critical",
      });
    });
  });

  it("by a configuration: levels, parameters, and what the engine would tell it", async () => {
    const provider = declared("pulumi:providers:aws", "mine", { region: "eu-west-1", __internal: "x" });
    const options = { protect: true, customTimeouts: { create: "1h30m", update: "45s" } };
    const photos = bucket({ acl: "public-read" }, { parent: stack.urn, provider: provider.urn, options });
    const result = await runPack(pack("acme"), graphOf(stack, provider, photos), {
      configuration: parsePolicyConfiguration({
        "acme-private": "advisory",
        "acme-name": { length: 2 },
        "acme-context": "advisory",
        "acme-tags": "disabled",
      }),
      stackConfig: { values: { "shop:size": "3" }, secretKeys: [] },
    });
    deepEqual(lines(result).slice(0, 2), [
      "shows acme-private photos: acl is public-read",
      "shows acme-name photos: the name is too long",
    ]);
    equal(result.verdicts.length, 3);
    deepEqual(JSON.parse(result.verdicts[2]?.finding.message ?? ""), {
      customTimeouts: { createSeconds: 5400, updateSeconds: 45, deleteSeconds: 0 },
      protect: true,
      parent: stack.urn,
      provider: { name: "mine", props: { region: "eu-west-1" } },
      stack: "test",
      dryRun: "true",
      config: '{"shop:size":"3"}',
      cwd: true,
    });
  });

  it("that configures itself: its levels and parameters, and those that it is configured with over them", async () => {
    const levels = ({ policies }: PackResult) => policies.map(({ rule, enforcement }) => `${rule.id} ${enforcement}`);
    const itself = await runPack(pack("configured"), graphOf(bucket({})));
    deepEqual(levels(itself), ["by-all advisory", "by-name mandatory"]);
    deepEqual(lines(itself), ["refuses by-name photos: longer than 3"]);
    const configuration = parsePolicyConfiguration({
      "by-all": { enforcementLevel: "mandatory", length: 2 },
      "by-name": "advisory",
    });
    const configured = await runPack(pack("configured"), graphOf(bucket({})), { configuration });
    deepEqual(levels(configured), ["by-all mandatory", "by-name advisory"]);
    equal(lines(configured)[0], "refuses by-all photos: longer than 2");
  });

  it("that throws is shown with what it threw, without secrets", async () => {
    const graph = graphOf(declared("acme:index:Key", "key", { token: new Secret("hunter2") }));
    const configuration = parsePolicyConfiguration({ "acme-throws": "advisory" });
    const thrown = await failure(runPack(pack("acme"), graph, { configuration }));
    equal(thrown.code, "PackFailed");
    match(thrown.message, /policy pack acme could not analyze urn:pulumi:.*::key: .*cannot cope with \[secret\]/s);
    equal(thrown.message.includes("hunter2"), false);
  });

  it("that hangs is given up and killed", async () => {
    const configuration = parsePolicyConfiguration({ "acme-hangs": "advisory" });
    const hung = await failure(runPack(pack("acme"), graphOf(bucket({})), { configuration, callTimeout: 1_000 }));
    equal(hung.code, "PackTimedOut");
    match(hung.message, /policy pack acme did not analyze urn:pulumi:.*photos within 1 s/);
    const pid = Number(/hanging in process (\d+)/.exec(hung.message)?.[1]);
    ok(pid > 0, hung.message);
    // The signal is sent when runPack returns; a busy machine takes a moment to act on it.
    for (let attempt = 0; attempt < 100 && isAlive(pid); attempt++) await pause(20);
    equal(isAlive(pid), false);
  });

  it("that ends is shown with its stderr", async () => {
    const crashed = await failure(runPack(pack("crashing"), graphOf(bucket({}))));
    equal(crashed.code, "PackFailed");
    match(crashed.message, /out of patience/);
  });

  it("that does not start is shown with its stderr", async () => {
    const broken = await failure(runPack(pack("broken"), graphOf()));
    equal(broken.code, "PackDidNotStart");
    match(broken.message, /policy pack broken ended with exit code \d+:\n.*the pack's own fault/s);
  });

  it("that never listens is given up", async () => {
    const silent = await failure(runPack(pack("silent"), graphOf(), { startTimeout: 500 }));
    equal(silent.code, "PackTimedOut");
    match(silent.message, /policy pack silent did not start within 0\.5 s/);
  });

  it("that is none is refused", async () => {
    equal((await failure(runPack(pack("absent"), graphOf()))).code, "PackNotFound");
    equal((await failure(runPack(pack("python"), graphOf()))).code, "PackRuntimeNotSupported");
  });
});
