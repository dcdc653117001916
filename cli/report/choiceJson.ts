import type { Choice } from "../chooser/choose";
import { jsonText } from "./jsonText";

/** Version of the JSON's shape: raised when something that a program reads is renamed or removed. */
const SCHEMA = 1;

/** The choice for programs. Money is decimal text; durations are milliseconds, sizes bytes, memory MB. */
export function choiceJson(choice: Choice): string {
  return jsonText({ schema: SCHEMA, ...choice });
}
