import { deepEqual, equal, throws } from "node:assert/strict";
import fc from "fast-check";
import { LeastRecentlyUsed, type Use } from "../../../../cli/local/hosting/leastRecentlyUsed";

/** The naive reference: a list of names with the time of their last use, searched every time. */
class Reference {
  entries: { readonly name: string; at: number; uses: number }[] = [];
  #time = 0;

  find(name: string) {
    return this.entries.find((entry) => entry.name === name);
  }

  add(name: string): void {
    this.entries.push({ name, at: this.#time++, uses: 0 });
  }

  use(name: string) {
    const entry = this.find(name);
    if (entry === undefined) return undefined;
    entry.at = this.#time++;
    entry.uses++;
    return entry;
  }

  get ordered() {
    return [...this.entries].sort((a, b) => a.at - b.at);
  }
}

const names = fc.constantFrom("a", "b", "c", "d", "e", "f");
const actions = fc.array(
  fc.oneof(
    fc.record({ action: fc.constantFrom("add", "use", "remove", "evict"), name: names }),
    fc.record({ action: fc.constant("release"), name: names, which: fc.nat() }),
  ),
  { maxLength: 200 },
);

describe("the order of the last use", () => {
  it("is the reference's, whatever is done", () => {
    fc.assert(
      fc.property(actions, (steps) => {
        const [real, reference] = [new LeastRecentlyUsed(), new Reference()];
        const uses: { readonly real: Use; readonly entry: { uses: number }; isOver: boolean }[] = [];
        for (const step of steps) {
          const { action, name } = step;
          if (action === "add" && reference.find(name) === undefined) {
            real.add(name);
            reference.add(name);
          } else if (action === "add") {
            throws(() => real.add(name), /is there already/);
          } else if (action === "use") {
            const [used, entry] = [real.use(name), reference.use(name)];
            equal(used === undefined, entry === undefined);
            if (used !== undefined && entry !== undefined) uses.push({ real: used, entry, isOver: false });
          } else if (action === "release" && "which" in step) {
            const use = uses[step.which % Math.max(1, uses.length)];
            use?.real.release();
            // A second release does nothing, and neither does one of a name that has gone and come back.
            if (use !== undefined && !use.isOver) use.entry.uses--;
            if (use !== undefined) use.isOver = true;
          } else {
            const gone = action === "evict" ? real.oldestIdle() : name;
            equal(gone !== undefined && real.remove(gone), reference.find(gone ?? "") !== undefined);
            reference.entries = reference.entries.filter((entry) => entry.name !== gone);
          }
          const { ordered } = reference;
          deepEqual(
            real.names(),
            ordered.map((entry) => entry.name),
          );
          equal(real.size, ordered.length);
          equal(real.oldestIdle(), ordered.find((entry) => entry.uses === 0)?.name);
          for (const each of ["a", "b", "c", "d", "e", "f"]) {
            equal(real.has(each), reference.find(each) !== undefined);
            equal(real.isInUse(each), (reference.find(each)?.uses ?? 0) > 0);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });
});
