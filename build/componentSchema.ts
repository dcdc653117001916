import { writeFile } from "node:fs/promises";
import path from "node:path";
import { ComponentProvider, getPulumiComponents } from "@pulumi/pulumi/provider/experimental";
import * as components from "../components";

/** Where the schema is committed, from the repository's root. */
export const SCHEMA_FILE = "components/schema.json";

/**
 * The component package's schema as Pulumi generates it for every language, indented, keys sorted.
 * @param root the repository
 * @throws Error naming the component and property that a schema cannot express, for example a union of literals
 */
export async function componentSchema(root: string): Promise<string> {
  const provider = new ComponentProvider({
    name: "frugal-ml",
    dirname: path.join(root, "components"),
    components: getPulumiComponents(components),
  });
  const schema: unknown = JSON.parse(await provider.getSchema());
  return `${JSON.stringify(sorted(schema), null, 2)}\n`;
}

/** Keys in alphabetical order, so that moving a declaration changes nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

async function main(): Promise<void> {
  const root = path.resolve(__dirname, "..");
  await writeFile(path.join(root, SCHEMA_FILE), await componentSchema(root));
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  });
}
