import { readdirSync } from "node:fs";
import { join } from "node:path";

/** Entries of folders that are looked at before a program is taken for TypeScript without proof. */
const ENTRY_LIMIT = 20_000;

/** What a compiler would be loaded for; declarations are never run. */
const TYPESCRIPT = /(?<!\.d)\.(ts|tsx|mts|cts)$/;

/**
 * Whether a folder has TypeScript that a program could load: outside `node_modules` and hidden folders, which ts-node
 * leaves alone or programs do not keep sources in. Loading the compiler takes a third of a small program's time.
 * A folder that is too large to look through, or cannot be read, counts as one that has.
 */
export function hasTypeScript(folder: string): boolean {
  const folders = [folder];
  let seen = 0;
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    for (const entry of entriesOf(next)) {
      seen += 1;
      if (entry === "unreadable" || seen > ENTRY_LIMIT) return true;
      if (entry.name === "node_modules" || entry.name.startsWith(".")) continue;
      // A link may lead anywhere, to sources as well.
      if (entry.isSymbolicLink() || (entry.isFile() && TYPESCRIPT.test(entry.name))) return true;
      if (entry.isDirectory()) folders.push(join(next, entry.name));
    }
  }
  return false;
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return ["unreadable"] as const;
  }
}
