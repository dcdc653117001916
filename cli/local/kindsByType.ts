import { readdirSync } from "node:fs";
import path from "node:path";
import type { ResourceKind } from "./resourceKind";

/** Every kind of resource that a file in `kinds/` defines, by type token. Each file exports one, as `kind`. */
export function kindsByType(): ReadonlyMap<string, ResourceKind> {
  const folder = path.join(__dirname, "kinds");
  const kinds = new Map<string, ResourceKind>();
  for (const file of readdirSync(folder).sort()) {
    if (!/\.(ts|js)$/.test(file) || file.endsWith(".d.ts")) continue;
    const { kind } = require(path.join(folder, file)) as { readonly kind: ResourceKind };
    for (const type of kind.types) kinds.set(type, kind);
  }
  return kinds;
}
