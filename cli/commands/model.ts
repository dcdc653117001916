import { realpathSync } from "node:fs";
import path from "node:path";
import { Command, Option } from "commander";
import { CannotRunError } from "../../contracts/cannotRunError";
import { checkModel, isServable, type ModelVerdict } from "../model/checkModel";
import { MODEL_LAYOUTS } from "../model/layouts/modelLayouts";
import type { ModelFolder } from "../model/modelFolder";
import { ArchivedFramework } from "../model/modelLayout";
import { type PackedModel, packModel } from "../model/packModel";
import { placeStats } from "../model/placeStats";
import { modelJson, modelText } from "../report/modelText";

interface ModelArguments {
  readonly framework: ArchivedFramework;
  readonly strict?: boolean;
  readonly json?: boolean;
}

interface PackArguments extends ModelArguments {
  readonly out: string;
}

/** `frugal-ml model`: archives as SageMaker's images for frameworks take them. Exit code 0 when the image can serve it, 1 when not. */
export function modelCommand(): Command {
  const command = new Command("model").description("judge and pack models as SageMaker's images take them");
  command.addCommand(
    withLayout(new Command("validate"))
      .description("judge a folder or a model.tar.gz by a framework's documented layout, file by file")
      .argument("<path>", "folder of the model, or an archive, which may be anyone's")
      .action(validate),
  );
  command.addCommand(
    withLayout(new Command("pack"))
      .description("judge a folder, and pack it: the same files give the same bytes")
      .argument("<dir>", "folder of the model")
      .option("--out <file>", "archive to write", "model.tar.gz")
      .action(pack),
  );
  return command;
}

function withLayout(command: Command): Command {
  const frameworks = Object.values(ArchivedFramework);
  return command
    .addOption(new Option("--framework <name>", "whose image serves it").choices(frameworks).makeOptionMandatory())
    .option("--strict", "fail for warnings too")
    .option("--json", "the verdict as JSON");
}

async function validate(place: string, given: ModelArguments): Promise<void> {
  report(place, given, await checkModel(MODEL_LAYOUTS[given.framework], place));
}

async function pack(dir: string, given: PackArguments): Promise<void> {
  if (!placeStats(dir)?.isDirectory()) throw new CannotRunError("ModelNotFound", `${dir}: there is no such folder`);
  if (isInside(realpathSync(dir), path.resolve(given.out))) {
    const message = `--out: given ${given.out}; allowed: a file outside of the folder, which would hold it the next time`;
    throw new CannotRunError("BadUsage", message);
  }
  const folders: ModelFolder[] = [];
  const verdict = await checkModel(MODEL_LAYOUTS[given.framework], dir, (folder) => void folders.push(folder));
  const [folder] = folders;
  const packed = passes(verdict, given) && folder ? await packModel(folder, given.out) : undefined;
  report(dir, given, verdict, packed);
}

/** Whether a file would stand in a folder, or be it, however its path gets there. */
function isInside(folder: string, file: string): boolean {
  const [first] = path.relative(folder, path.join(realPlace(path.dirname(file)), path.basename(file))).split(path.sep);
  return first !== ".." && !path.isAbsolute(first ?? "");
}

/** A folder's place without links, as far as it is there already. */
function realPlace(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    const parent = path.dirname(folder);
    return parent === folder ? folder : path.join(realPlace(parent), path.basename(folder));
  }
}

function passes(verdict: ModelVerdict, { strict }: ModelArguments): boolean {
  return strict ? verdict.findings.length === 0 : isServable(verdict);
}

function report(place: string, given: ModelArguments, verdict: ModelVerdict, packed?: PackedModel): void {
  process.stdout.write((given.json ? modelJson : modelText)(place, verdict, packed));
  process.exitCode = passes(verdict, given) ? 0 : 1;
}
