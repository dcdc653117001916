import { deepEqual, ok } from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Closure, lockedClosure } from "../../../cli/bundle/lockedClosure";
import { Lockfile } from "../../../cli/bundle/lockfile";

describe("cli/bundle/lockedClosure", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "frugal-ml-closure-"));
  after(() => rmSync(folder, { recursive: true }));

  function closureOf(root: string, entries: Readonly<Record<string, object>>): Closure {
    const packages = Object.fromEntries(
      Object.entries(entries).map(([name, entry]) => [
        `node_modules/${name}`,
        { version: "1.0.0", integrity: "sha512-AA==", ...entry },
      ]),
    );
    writeFileSync(path.join(folder, "package-lock.json"), JSON.stringify({ lockfileVersion: 3, packages }));
    const lock = Lockfile.above(folder);
    ok(lock);
    return lockedClosure(lock, [`node_modules/${root}`]);
  }

  it("needs what any package needs, though another only wants it", () => {
    const { packages, problems } = closureOf("root", {
      root: { dependencies: { far: "1" }, optionalDependencies: { shared: "1", absent: "1" } },
      far: { dependencies: { shared: "1" } },
      shared: {},
    });
    deepEqual(
      [...packages.values()].map(({ name, optional }) => [name, optional]),
      [
        ["root", false],
        ["far", false],
        ["shared", false],
      ],
    );
    deepEqual(problems, []);
  });

  it("has peers come along where they are there", () => {
    const { packages, problems } = closureOf("root", {
      root: { peerDependencies: { peer: "1", absent: "1" } },
      peer: { dependencies: { below: "1" } },
      below: {},
    });
    deepEqual(
      [...packages.values()].map(({ name, optional }) => [name, optional]),
      [
        ["root", false],
        ["peer", true],
        ["below", true],
      ],
    );
    deepEqual(problems, []);
  });
});
