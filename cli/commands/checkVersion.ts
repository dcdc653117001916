import { readFileSync } from "node:fs";

/** Version of this package, from its own package.json. */
export function checkVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(require.resolve("frugal-ml/package.json"), "utf8"));
  // Read at every start: a schema library would take longer to load than everything that is needed before a program runs.
  if (typeof manifest !== "object" || manifest === null || !("version" in manifest)) {
    throw new Error("this package's package.json has no version");
  }
  return String(manifest.version);
}
