import { Command } from "commander";
import { bundleModule } from "../bundle/bundleModule";

/** `frugal-ml bundle`: packs a team's module, to take the place of the image transformation. */
export function bundleCommand(): Command {
  return new Command("bundle")
    .description("pack a module that exports transform(bytes, options), for the argument code of an access point")
    .argument("<module>", "TypeScript or JavaScript file")
    .requiredOption("--out <file>", "archive to write, ending in .zip")
    .action(run);
}

async function run(source: string, { out }: { readonly out: string }): Promise<void> {
  const { file, module, bytes } = await bundleModule(source, out);
  process.stdout.write(`${file}  ${Math.ceil(bytes / 1024)} KB  module ${module}\n`);
}
