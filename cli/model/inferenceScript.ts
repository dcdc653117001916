import type { ModelFindings } from "./modelFindings";
import type { ModelFolder } from "./modelFolder";

/** Where images look for the script, and for what it needs. */
export const SCRIPT = "code/inference.py";
export const REQUIREMENTS = "code/requirements.txt";

/** Names that a Python module has at its top. */
export interface ScriptNames {
  has(name: string): boolean;
}

/**
 * Names that `code/inference.py` defines or imports, by the beginnings of its lines: enough to tell a function that is
 * missing, and no more. Undefined when there is no script.
 */
export function scriptNames(folder: ModelFolder): ScriptNames | undefined {
  const script = folder.find(SCRIPT);
  if (script === undefined) return undefined;
  // Python reads past the mark that editors of Windows put before UTF-8.
  const text = folder.text(script).replace(/^\ufeff/, "");
  const names = new Set<string>();
  for (const [, name] of text.matchAll(/^(?:async\s+def|def|class)\s+(\w+)/gm)) if (name) names.add(name);
  for (const [, name] of text.matchAll(/^(\w+)\s*(?::[^=\n]+)?=[^=]/gm)) if (name) names.add(name);
  for (const [, list] of text.matchAll(/^from\s+\S+\s+import\s+(\([^)]*\)|[^\n]+)/gm)) {
    for (const one of (list ?? "").replace(/[()]/g, "").split(","))
      names.add(
        one
          .trim()
          .split(/\s+as\s+/)
          .at(-1) ?? "",
      );
  }
  // What a star brings cannot be told from here, so nothing is said to be missing.
  return { has: (name) => names.has("*") || names.has(name) };
}

/** Functions that a script of SageMaker's inference toolkits must not have beside `transform_fn`. */
const PARTS = ["input_fn", "predict_fn", "output_fn"];

/** What every script of the toolkits must keep to: all of a request in `transform_fn`, or its parts, never both. */
export function checkToolkitScript(folder: ModelFolder, findings: ModelFindings): void {
  const names = scriptNames(folder);
  if (names === undefined || names.has("*") || !names.has("transform_fn")) return;
  const both = PARTS.filter((name) => names.has(name));
  if (both.length > 0)
    findings.error(SCRIPT, "FunctionsExclude", `has transform_fn and ${both.join(", ")}; allowed: one or the other`);
}
