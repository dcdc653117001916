import { deepEqual, equal, match, ok } from "node:assert/strict";
import { readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { ModelError } from "@aws-sdk/client-sagemaker-runtime";
import { isRunning } from "../../isRunning";
import { HostingPlane } from "./hostingPlane";

describe("a container that misbehaves", () => {
  let hosting: HostingPlane;

  beforeEach(async () => {
    hosting = await HostingPlane.start();
    await hosting.put("a.tar.gz", { value: "a" });
  });

  afterEach(() => hosting.stop());

  it("is started again when its process ends; who waited hears of it, and the next are right", async () => {
    const endpoint = hosting.endpoint("dies", "MultiModel");
    const { pid } = await hosting.answer("dies", "a.tar.gz");
    const asked = { says: "waits", ms: 10_000 };
    const waiting = Promise.all([1, 2, 3].map(() => hosting.refusal("dies", "a.tar.gz", asked)));
    await hosting.logged("dies: waits", 3);
    process.kill(pid, "SIGKILL");
    for (const said of await waiting) {
      match(
        said,
        /^424 ModelError Received server error \(0\) from primary with message "The connection .* was closed/,
      );
    }
    const next = await Promise.all([1, 2, 3].map(() => hosting.answer("dies", "a.tar.gz")));
    for (const { value, history } of next) deepEqual([value, history.loads], ["a", 1]);
    ok(next[0]?.pid !== pid);
    equal(endpoint.variants[0]?.container?.restarts, 1);
    match(await hosting.refusal("dies", "a.tar.gz", { crash: true }), /^424 ModelError/);
    equal((await hosting.answer("dies", "a.tar.gz")).value, "a");
    match(hosting.plane.recentLog.join("\n"), /dies: the container's process ended \(signal SIGKILL\)/);
    match(hosting.plane.recentLog.join("\n"), /dies: the container's process ended \(exit code 11\)/);
  });

  it("gives right answers or documented errors while it is killed again and again", async () => {
    const endpoint = hosting.endpoint("killed", "MultiModel", { environment: { FAKE_ROOM: "2" } });
    for (const name of ["b", "c"]) await hosting.put(`${name}.tar.gz`, { value: name });
    const endAt = Date.now() + 4000;
    const counts = { right: 0, errors: 0 };
    const client = async (index: number): Promise<void> => {
      for (let round = index; Date.now() < endAt; round++) {
        const name = ["a", "b", "c"][round % 3] ?? "a";
        try {
          equal((await hosting.answer("killed", `${name}.tar.gz`, { ms: 2 })).value, name);
          counts.right++;
        } catch (error) {
          ok(error instanceof ModelError, String(error));
          counts.errors++;
        }
      }
    };
    const killer = async (): Promise<void> => {
      while (Date.now() < endAt - 1500) {
        await sleep(1000);
        const pid = endpoint.variants[0]?.container?.life?.pid;
        if (pid !== undefined && isRunning(pid)) process.kill(pid, "SIGKILL");
      }
    };
    await Promise.all([killer(), ...Array.from({ length: 8 }, (_, index) => client(index))]);
    ok(counts.right > counts.errors, JSON.stringify(counts));
    equal((await hosting.answer("killed", "a.tar.gz")).value, "a");
  });

  it("survives an invocation that takes too long", async () => {
    hosting.endpoint("hangs", "MultiModel", { times: { answerMs: 1000 } });
    const { pid } = await hosting.answer("hangs", "a.tar.gz");
    match(
      await hosting.refusal("hangs", "a.tar.gz", { ms: 60_000 }),
      /^424 ModelError Received server error \(0\) from primary with message "Your invocation timed out while waiting for a response/,
    );
    equal((await hosting.answer("hangs", "a.tar.gz")).pid, pid);
  });

  it("that dies while it loads is an error of that model alone", async () => {
    hosting.endpoint("poison", "MultiModel");
    await hosting.put("poison.tar.gz", { crashesOnLoad: true });
    match(await hosting.refusal("poison", "poison.tar.gz"), /^424 ModelError/);
    equal((await hosting.answer("poison", "a.tar.gz")).value, "a");
  });

  it("is waited for until it is healthy", async () => {
    const endpoint = hosting.endpoint("late", "MultiModel", { environment: { FAKE_UNHEALTHY_PINGS: "5" } });
    equal(endpoint.status, "Creating");
    equal((await hosting.answer("late", "a.tar.gz")).value, "a");
    equal(endpoint.status, "InService");
  });

  it("is given up when it never is", async () => {
    const endpoint = hosting.endpoint("broken", "MultiModel", { environment: { FAKE_BROKEN: "1" } });
    match(
      await hosting.refusal("broken", "a.tar.gz"),
      /^503 ServiceUnavailable The container did not pass the ping health check in 5 starts; the last ended with exit code 7/,
    );
    equal(endpoint.status, "Failed");
  });

  it("ends with the plane, by force when it does not want to, and leaves nothing", async () => {
    hosting.endpoint("polite", "MultiModel");
    hosting.endpoint("stubborn", "MultiModel", { environment: { FAKE_STUBBORN: "1" }, times: { stopMs: 300 } });
    const pids = [(await hosting.answer("polite", "a.tar.gz")).pid, (await hosting.answer("stubborn", "a.tar.gz")).pid];
    deepEqual(pids.map(isRunning), [true, true]);
    const asked = hosting.invoke("stubborn", "a.tar.gz", { says: "waits", ms: 60_000 }).catch(() => "ended");
    await hosting.logged("stubborn: waits");
    const { folder } = hosting.plane;
    await hosting.plane.stop();
    deepEqual(pids.map(isRunning), [false, false]);
    equal(await asked, "ended");
    ok(!readdirSync(new URL(`file://${folder}/..`)).includes(folder.split("/").pop() ?? ""));
  });
});
