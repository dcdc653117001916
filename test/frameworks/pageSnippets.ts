import { type CodeBlock, codeBlocks, textOf } from "../docs/markdown";

/** The page that says how models of other frameworks become ours. */
export const PAGE = "docs/classifier.md";

/** A piece of code of the page, with its line. */
export type PageSnippet = Pick<CodeBlock, "line" | "code">;

/**
 * The page's block in a language that holds a text.
 * @throws Error when not exactly one does
 */
export function pageBlock(language: string, holds: string): PageSnippet {
  const found = codeBlocks(PAGE).filter((block) => block.language === language && block.code.includes(holds));
  return onlyOne(found, `blocks in ${language} with ${holds}`);
}

/**
 * What stands in the middle of a sentence between backticks and begins with a text.
 * @throws Error when not exactly one does
 */
export function pageSpan(begin: string): PageSnippet {
  const found = textOf(PAGE)
    .split("\n")
    .flatMap((text, index) =>
      [...text.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => ({ line: index + 1, code: `${code}\n` })),
    )
    .filter(({ code }) => code.startsWith(begin));
  return onlyOne(found, `pieces of code that begin ${begin}`);
}

/**
 * The page's paragraph that begins with a text.
 * @throws Error when not exactly one does
 */
export function pageParagraph(begin: string): string {
  const found = textOf(PAGE)
    .split("\n\n")
    .filter((paragraph) => paragraph.startsWith(begin));
  return onlyOne(found, `paragraphs that begin ${begin}`);
}

/** What the page says that a model of torchvision expects of a picture, and of which size its snippet makes it. */
export function torchvisionInput(): unknown {
  const [, said = ""] = /`torchvision`\s+\(([^)]*)\)/.exec(textOf(PAGE)) ?? [];
  const fields = [...said.matchAll(/`(\w+)`\s+(?:`(\w+)`|(\[[^\]]*\]))/g)].map(([, name, word, list = "null"]) => [
    name,
    word ?? JSON.parse(list),
  ]);
  return { width: 224, height: 224, ...Object.fromEntries(fields) };
}

function onlyOne<T>(found: readonly T[], what: string): T {
  const [only] = found;
  if (only === undefined || found.length > 1) throw new Error(`${PAGE} has ${found.length} ${what}; allowed: one`);
  return only;
}
