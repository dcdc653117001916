import { SCRIPT } from "./inferenceScript";
import type { ModelFinding } from "./modelFindings";
import { ModelFindings } from "./modelFindings";
import type { ModelFolder } from "./modelFolder";
import type { ModelLayout } from "./modelLayout";
import { checkUnwise } from "./unwiseFiles";
import { withModel } from "./withModel";

/** What was found of a model. */
export interface ModelVerdict {
  readonly layout: ModelLayout;
  /** Files, and bytes of all of them; none when an archive was refused. */
  readonly files: number;
  readonly bytes: number;
  readonly findings: readonly ModelFinding[];
}

/** Whether an image can serve it: nothing that was found is an error. */
export function isServable({ findings }: ModelVerdict): boolean {
  return findings.every(({ severity }) => severity !== "error");
}

/**
 * Judges a folder or an archive by a framework's layout.
 * @param use is given the folder while it is there, with the verdict
 * @throws CannotRunError `ModelNotFound`, `FolderNotRead`
 */
export async function checkModel(
  layout: ModelLayout,
  place: string,
  use?: (folder: ModelFolder, verdict: ModelVerdict) => void,
): Promise<ModelVerdict> {
  const findings = new ModelFindings();
  const verdict = await withModel(place, findings, (folder) => {
    checkFolder(layout, folder, findings);
    const found = { layout, files: folder.files.length, bytes: folder.bytes, findings: findings.sorted };
    use?.(folder, found);
    return found;
  });
  return verdict ?? { layout, files: 0, bytes: 0, findings: findings.sorted };
}

function checkFolder(layout: ModelLayout, folder: ModelFolder, findings: ModelFindings): void {
  const [around, ...others] = folder.folders;
  const inner = around === undefined || others.length > 0 || folder.root.length > 0 ? undefined : folder.within(around);
  if (around !== undefined && inner !== undefined && isBetter(layout, inner, folder)) {
    findings.error(around, "FolderAround", "is a folder around the model: pack what is in it, not the folder");
  } else if (folder.files.length > 0) layout.check(folder, findings);
  const stray = folder.find("inference.py");
  if (stray) findings.warning(stray.path, "NotRead", `is not read here; wanted: ${SCRIPT}`);
  checkUnwise(folder, findings);
}

/** Whether what is in a folder is laid out rightly and the folder with it is not. */
function isBetter(layout: ModelLayout, inner: ModelFolder, outer: ModelFolder): boolean {
  const errors = (folder: ModelFolder): number => {
    const found = new ModelFindings();
    layout.check(folder, found);
    return found.sorted.filter(({ severity }) => severity === "error").length;
  };
  return errors(inner) < errors(outer);
}
