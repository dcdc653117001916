import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import type { ModelHost } from "../../../../containers/forecast/serve/modelHost";
import { ModelMemory } from "../../../../containers/forecast/serve/modelMemory";
import { ModelRegistry } from "../../../../containers/forecast/serve/modelRegistry";
import { ServingError } from "../../../../containers/forecast/serve/servingError";

/** Bytes that each model of the host below takes. */
const BYTES = 100;

/** A host that takes its time, given by chance, and notices what must not happen. */
class SlowHost implements ModelHost {
  readonly models = new Set<number>();
  readonly #underWay = new Map<number, number>();

  constructor(private readonly delays: () => number) {}

  async load(id: number, text: string): Promise<number> {
    await this.#wait();
    if (text === "bad") throw new ServingError(400, "InvalidModel", "bad");
    assert.ok(!this.models.has(id));
    this.models.add(id);
    return BYTES;
  }

  async unload(id: number): Promise<void> {
    assert.equal(this.#underWay.get(id) ?? 0, 0, "unloaded with requests under way");
    assert.ok(this.models.delete(id));
    await this.#wait();
  }

  invoke(id: number, _: unknown, take: (status: number, code: string, body: string) => void): void {
    assert.ok(this.models.has(id), "asked for a model that is not there");
    this.#underWay.set(id, (this.#underWay.get(id) ?? 0) + 1);
    void this.#wait().then(() => {
      this.#underWay.set(id, (this.#underWay.get(id) ?? 0) - 1);
      take(200, "", "");
    });
  }

  async stop(): Promise<void> {}

  async #wait(): Promise<void> {
    for (let turn = this.delays(); turn > 0; turn--) await new Promise((resolve) => setImmediate(resolve));
  }
}

describe("ModelRegistry", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "frugal-ml-registry-"));
  for (const text of ["good", "bad"]) {
    mkdirSync(path.join(folder, text));
    writeFileSync(path.join(folder, text, "model.json"), text);
  }

  after(() => rmSync(folder, { recursive: true, force: true }));

  const command = fc.record({
    act: fc.constantFrom("load", "load", "unload", "invoke", "invoke"),
    name: fc.constantFrom("a", "b"),
    pause: fc.nat(4),
  });

  it("answers whatever comes together as if one had come after the other", async () => {
    const property = fc.asyncProperty(
      fc.array(command, { maxLength: 40 }),
      fc.array(fc.nat(3), { minLength: 1, maxLength: 20 }),
      async (commands, delays) => {
        let turn = 0;
        const host = new SlowHost(() => delays[turn++ % delays.length] as number);
        const memory = new ModelMemory(10_000);
        const registry = new ModelRegistry(host, memory);
        const loaded = new Set<string>();
        const answers: Promise<number>[] = [];
        const expected: number[] = [];
        for (const { act, name, pause } of commands) {
          const there = loaded.has(name);
          if (act === "load") {
            expected.push(there ? 409 : 200);
            loaded.add(name);
            answers.push(status(registry.load(name, path.join(folder, "good"))));
          } else if (act === "unload") {
            expected.push(there ? 200 : 404);
            loaded.delete(name);
            answers.push(status(registry.unload(name)));
          } else {
            expected.push(there ? 200 : 404);
            answers.push(new Promise((resolve) => registry.invoke(name, { body: "", asked: 0, answered: 0 }, resolve)));
          }
          for (let i = 0; i < pause; i++) await new Promise((resolve) => setImmediate(resolve));
        }
        assert.deepEqual(await Promise.all(answers), expected);
        assert.equal(host.models.size, loaded.size);
        assert.equal(memory.used, loaded.size * BYTES);
        const names = registry.list(100, 0).models.map(({ modelName }) => modelName);
        assert.deepEqual(new Set(names), loaded);
      },
    );
    await fc.assert(property, { numRuns: 150 });
  });

  it("leaves nothing of a load that fails, to whoever waited for it", async () => {
    const host = new SlowHost(() => 2);
    const memory = new ModelMemory(10_000);
    const registry = new ModelRegistry(host, memory);
    const load = status(registry.load("a", path.join(folder, "bad")));
    const invoked = new Promise((resolve) => registry.invoke("a", { body: "", asked: 0, answered: 0 }, resolve));
    const unloaded = status(registry.unload("a"));
    const next = status(registry.load("a", path.join(folder, "good")));
    assert.deepEqual(await Promise.all([load, invoked, unloaded, next]), [400, 404, 404, 200]);
    assert.equal(memory.used, BYTES);
  });

  it("does not read a file that is larger than what is left", async () => {
    let asked = 0;
    const host = new SlowHost(() => asked++);
    const registry = new ModelRegistry(host, new ModelMemory(3));
    assert.equal(await status(registry.load("a", path.join(folder, "good"))), 507);
    assert.equal(asked, 0);
  });
});

async function status(work: Promise<void>): Promise<number> {
  return work.then(
    () => 200,
    (error: unknown) => (error instanceof ServingError ? error.status : Number.NaN),
  );
}
