import { CONFORM_CHECKS } from "../conform/checks";
import { CheckNeed } from "../conform/conformCheck";

const OPTIONS: Readonly<Record<CheckNeed, string>> = {
  [CheckNeed.MultiModel]: "`--multi-model`",
  [CheckNeed.Model]: "`--model`",
  [CheckNeed.Body]: "`--invoke`",
  [CheckNeed.Accept]: "`--accept`",
  [CheckNeed.Fill]: "`--fill`",
};

/** The checks as a table in Markdown, as docs/conform.md shows it. */
export function conformTable(): string {
  const rows = CONFORM_CHECKS.map(({ id, level, asks, page, needs }) => {
    const source = `[${page.replace(/^.*\/|\.html$/g, "")}](https://docs.aws.amazon.com/sagemaker/latest/${page})`;
    return `| \`${id}\` | ${level} | ${asks} | ${needs.map((need) => OPTIONS[need]).join(" ")} | ${source} |`;
  });
  return ["| check | level | asks | needs | source |", "|---|---|---|---|---|", ...rows].join("\n");
}
