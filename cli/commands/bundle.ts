import { Command } from "commander";
import { bundleModule } from "../bundle/bundleModule";
import { jsonText } from "../report/jsonText";

/** `frugal-ml bundle`: packs a team's module, to take the place of the image transformation. */
export function bundleCommand(): Command {
  return new Command("bundle")
    .description("pack a module that exports transform(bytes, options), for the argument code of an access point")
    .argument("<module>", "TypeScript or JavaScript file")
    .requiredOption("--out <file>", "archive to write, ending in .zip")
    .option("--json", "print the file, its bytes and the code's name as JSON")
    .action(run);
}

async function run(source: string, { out, json }: { readonly out: string; readonly json?: boolean }): Promise<void> {
  const bundled = await bundleModule(source, out);
  const { file, module, bytes, packages } = bundled;
  const lines = [
    `${file}  ${Math.ceil(bytes / 1024)} KB  module ${module}`,
    ...packages.map((name) => `  with ${name}`),
  ];
  process.stdout.write(json ? jsonText(bundled) : `${lines.join("\n")}\n`);
}
