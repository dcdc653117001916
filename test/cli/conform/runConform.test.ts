import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import net, { type AddressInfo } from "node:net";
import { CONFORM_CHECKS } from "../../../cli/conform/checks";
import type { ConformResult } from "../../../cli/conform/conformResult";
import type { ConformSubject } from "../../../cli/conform/conformSession";
import { runConform } from "../../../cli/conform/runConform";
import { CannotRunError } from "../../../contracts/cannotRunError";
import { BROKEN_CONTAINERS } from "./brokenContainers";
import { BODY, FakeContainer, type Flaw, MODEL, SECOND_MODEL } from "./fakeContainer";

/** Models that a container with a memory can take besides those of its own. */
const CAPACITY = 20;

const EVERYTHING: ConformSubject = {
  multiModel: true,
  model: MODEL,
  secondModel: SECOND_MODEL,
  body: BODY,
  accept: "application/json",
  fill: CAPACITY * 2,
  startSeconds: 0.2,
};

async function judged(
  subject: ConformSubject,
  flaw?: Flaw,
  prepare: (container: FakeContainer) => void = () => undefined,
): Promise<{ readonly result: ConformResult; readonly kept: readonly string[] }> {
  const container = await FakeContainer.start(flaw);
  try {
    prepare(container);
    container.capacity = container.models.size + CAPACITY;
    const result = await runConform(container.url, subject);
    return { result, kept: [...container.models.keys()] };
  } finally {
    await container.stop();
  }
}

function ids(result: ConformResult, verdict: string): readonly string[] {
  return result.verdicts.filter((one) => one.verdict === verdict).map(({ id }) => id);
}

describe("conform, at containers in this process", () => {
  it("passes one that keeps to the contract, and leaves it as it was", async () => {
    const { result, kept } = await judged(EVERYTHING, undefined, ({ models }) => models.set("own", MODEL));
    deepEqual(ids(result, "fail"), []);
    deepEqual(ids(result, "skipped"), []);
    deepEqual(
      result.verdicts.map(({ id }) => id),
      CONFORM_CHECKS.map(({ id }) => id),
    );
    ok(result.ok);
    deepEqual([kept, result.leftBehind], [["own"], []]);
  });

  for (const { how, flaw, fails, prepare } of BROKEN_CONTAINERS) {
    it(`fails one that ${how}: ${fails.join(", ")}`, async () => {
      const { result } = await judged(EVERYTHING, flaw(), prepare);
      deepEqual([...ids(result, "fail")].sort(), [...fails].sort());
      equal(result.ok, !result.verdicts.some(({ verdict, level }) => verdict === "fail" && level === "must"));
      for (const one of result.verdicts) if (one.verdict === "fail") ok(one.sent && one.came && one.reason, one.id);
    });
  }

  it("has a broken container for every check", () => {
    const seen = new Set(BROKEN_CONTAINERS.flatMap(({ fails }) => fails));
    deepEqual(
      CONFORM_CHECKS.map(({ id }) => id).filter((id) => !seen.has(id)),
      [],
    );
  });

  it("judges a container of one model by the rows that are its own", async () => {
    const { result } = await judged({ body: BODY, accept: "application/json" });
    deepEqual(ids(result, "fail"), []);
    equal(result.mode, "single-model");
    ok(ids(result, "pass").includes("invoke-200"));
    for (const { verdict, reason = "" } of result.verdicts)
      if (verdict === "skipped") match(reason, /^for multi-model containers alone/);
  });

  it("says what else it needs where a row cannot be judged", async () => {
    const { result } = await judged({ multiModel: true });
    const reason = (id: string): string => result.verdicts.find((one) => one.id === id)?.reason ?? "";
    match(reason("load-200"), /--model DIR/);
    match(reason("invoke-200"), /--invoke BODY/);
    match(reason("invoke-accept"), /--invoke BODY/);
    match(reason("fill-507"), /--model DIR/);
    ok(["ping-200", "load-missing-path-refused", "invoke-unknown-404"].every((id) => ids(result, "pass").includes(id)));
  });

  it("skips what is optional, or never comes", async () => {
    const { result } = await judged({ ...EVERYTHING, fill: 3 }, ({ path }, answer) =>
      path === "/execution-parameters" ? { status: 404 } : answer(),
    );
    deepEqual(ids(result, "skipped"), ["execution-parameters", "fill-507"]);
    match(result.verdicts.at(-1)?.reason ?? "", /not short after 3 models/);
  });

  it("stops at a container that is gone, and says since when", async () => {
    const { result } = await judged(EVERYTHING, (request, answer, container) => {
      if (request.method !== "POST" || request.body.length > 0) return answer();
      void container.stop();
      throw new Error("gone");
    });
    deepEqual(ids(result, "fail"), ["load-malformed-4xx"]);
    match(result.verdicts.at(-1)?.reason ?? "", /does not answer any more since load-malformed-4xx/);
    deepEqual([result.ok, result.goneSince], [false, "load-malformed-4xx"]);
  }).timeout(20_000);

  it("does not wait for ever", async () => {
    const { result } = await judged({ ...EVERYTHING, timeoutSeconds: 1 }, ({ path, method, body }, answer) =>
      method === "POST" && path.endsWith("/invoke") && body.length === 0 ? new Promise(() => undefined) : answer(),
    );
    // A deleted model is asked with a body, an unloaded one too: only the empty body is never answered.
    deepEqual(ids(result, "fail"), ["invoke-empty"]);
    match(result.verdicts.find(({ id }) => id === "invoke-empty")?.came ?? "", /not within 1 s/);
  });

  it("tells what it could not unload", async () => {
    const { result, kept } = await judged({ multiModel: true, model: MODEL }, ({ method }, answer) =>
      method === "DELETE" ? { status: 500 } : answer(),
    );
    ok(kept.length > 0);
    deepEqual([...result.leftBehind].sort(), [...kept].sort());
  });

  it("cannot run where no server speaks HTTP", async () => {
    const silent = net.createServer((socket) => socket.resume().end("220 mail ready\r\n"));
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const { port } = silent.address() as AddressInfo;
    const url = new URL(`http://127.0.0.1:${port}`);
    const noServer = (error: unknown): boolean => error instanceof CannotRunError && error.code === "NoServer";
    await rejects(runConform(url, {}), noServer);
    await new Promise((resolve) => silent.close(resolve));
    await rejects(runConform(url, {}), noServer);
  }).timeout(20_000);
});
