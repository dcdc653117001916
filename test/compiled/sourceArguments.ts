import path from "node:path";

/** Names the folder of compiled sources; not set where Mocha was started without them. */
export const COMPILED_VARIABLE = "FRUGAL_ML_COMPILED_TESTS";

/** What Node.js is given before a file of ours, to run it from its TypeScript: as it was compiled once, or by tsx. */
export function sourceArguments(): readonly string[] {
  const compiled = process.env[COMPILED_VARIABLE] !== undefined;
  return compiled ? ["--require", path.join(__dirname, "loadCompiled.js")] : ["--import", "tsx"];
}
