import { readFile } from "node:fs/promises";
import path from "node:path";

/**
 * A peer's version, as `requirements.txt` has it.
 * @throws Error when it does not
 */
export async function peerVersion(name: string): Promise<string> {
  const lines = (await readFile(path.join(__dirname, "requirements.txt"), "utf8")).split("\n");
  const line = lines.find((one) => one.startsWith(`${name}==`));
  if (line === undefined) throw new Error(`bench/policy/requirements.txt has no ${name}.`);
  return line.slice(name.length + 2);
}
