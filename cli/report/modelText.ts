import type { ModelVerdict } from "../model/checkModel";
import { isServable } from "../model/checkModel";
import type { PackedModel } from "../model/packModel";
import { counted } from "./counted";
import { jsonText } from "./jsonText";
import { shownName } from "./shownName";

const MARK = { error: "✗", warning: "!" } as const;

/** What was found of a model, file by file, and what became of it. */
export function modelText(place: string, verdict: ModelVerdict, packed?: PackedModel): string {
  const { layout, files, bytes, findings } = verdict;
  const lines = findings.map(
    ({ severity, file, code, message }) => `${MARK[severity]} ${shownName(file)}  ${message}  (${code})`,
  );
  const number = (wanted: "error" | "warning"): number => findings.filter(({ severity }) => severity === wanted).length;
  const expected = [
    "Wanted:",
    ...layout.files.map((line) => `  ${line}`),
    `  by ${layout.source}, ${layout.sourceDate}`,
  ];
  const variables = Object.entries(layout.environment ?? {}).map(([name, value]) => `${name}=${value}`);
  const judged = `${counted(number("error"), "error")}, ${counted(number("warning"), "warning")}`;
  return `${[
    ...lines,
    ...(isServable(verdict) ? [] : expected),
    ...(variables.length > 0
      ? [`The image needs in its environment ${variables.join(", ")}: the components set them`]
      : []),
    `${place}: ${layout.framework}, ${counted(files, "file")}, ${bytes} bytes; ${judged}`,
    ...(packed ? [`${packed.file}: ${packed.bytes} bytes, SHA-256 ${packed.sha256}`] : []),
  ].join("\n")}\n`;
}

/** Version of the JSON's shape: raised when something that a program reads is renamed or removed. */
const SCHEMA = 1;

/** The same for programs. */
export function modelJson(place: string, verdict: ModelVerdict, packed?: PackedModel): string {
  const { layout, files, bytes, findings } = verdict;
  const { framework, image, source, sourceDate, environment = {} } = layout;
  const document = {
    schema: SCHEMA,
    place,
    framework,
    ok: isServable(verdict),
    files,
    bytes,
    findings,
    layout: { files: layout.files, image, source, sourceDate, environment },
    ...(packed && { archive: packed }),
  };
  return jsonText(document);
}
