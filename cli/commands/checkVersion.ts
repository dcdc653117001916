import { readFileSync } from "node:fs";
import * as z from "zod";

/** Version of this package, from its own package.json. */
export function checkVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(require.resolve("frugal-ml/package.json"), "utf8"));
  return z.object({ version: z.string() }).parse(manifest).version;
}
