import type { Choice } from "../chooser/choose";
import { choiceJson } from "./choiceJson";
import { choiceMarkdown } from "./choiceMarkdown";
import { choiceText } from "./choiceText";

/** Writers of a choice by format. */
export const CHOICE_REPORTS = {
  text: choiceText,
  json: choiceJson,
  markdown: choiceMarkdown,
} as const satisfies Record<string, (choice: Choice) => string>;
export type ChoiceFormat = keyof typeof CHOICE_REPORTS;
