import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** The repository. */
export const ROOT = path.resolve(__dirname, "../..");

/** A fenced block of code. */
export interface CodeBlock {
  /** Path of the page from the repository's root, and line of the block's first line of code. */
  readonly page: string;
  readonly line: number;
  /** What stands after the fence, for example `ts`; empty when nothing does. */
  readonly language: string;
  readonly code: string;
}

/** A link of a page. */
export interface Link {
  readonly page: string;
  readonly line: number;
  readonly target: string;
}

/** Every Markdown file that is or will be committed, by its path from the repository's root. */
export function pages(): readonly string[] {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  // A file that was deleted and not yet committed is still listed.
  return listed
    .split("\n")
    .filter((page) => page !== "" && existsSync(path.join(ROOT, page)))
    .sort();
}

/** Text of a page. */
export function textOf(page: string): string {
  return readFileSync(path.join(ROOT, page), "utf8");
}

const FENCE = /^( *)(`{3,})(.*)$/;

/** Blocks of code of a page, without the indentation of their fence. */
export function codeBlocks(page: string, text: string = textOf(page)): readonly CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let open:
    | { readonly line: number; readonly indent: string; readonly language: string; readonly lines: string[] }
    | undefined;
  for (const [index, line] of text.split("\n").entries()) {
    const fence = FENCE.exec(line);
    if (open === undefined) {
      if (fence) open = { line: index + 2, indent: fence[1] ?? "", language: (fence[3] ?? "").trim(), lines: [] };
    } else if (fence && fence[3]?.trim() === "") {
      blocks.push({ page, line: open.line, language: open.language, code: `${open.lines.join("\n")}\n` });
      open = undefined;
    } else {
      open.lines.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line);
    }
  }
  return blocks;
}

/** The page's lines with those of code left empty, and without code spans. */
function proseLines(text: string): readonly string[] {
  let inside = false;
  return text.split("\n").map((line) => {
    if (FENCE.test(line)) {
      inside = !inside;
      return "";
    }
    return inside ? "" : line.replace(/`[^`]*`/g, (span) => "x".repeat(span.length));
  });
}

/** Links of a page that lead somewhere in the repository. */
export function relativeLinks(page: string, text: string = textOf(page)): readonly Link[] {
  return proseLines(text).flatMap((line, index) =>
    [...line.matchAll(/\]\(([^()\s]+)\)/g)].flatMap(([, target = ""]) =>
      /^[a-z]+:/.test(target) ? [] : [{ page, line: index + 1, target }],
    ),
  );
}

/** Anchors of a page as GitHub makes them from headings, and those that it sets itself. */
export function anchors(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  const lines = text.split("\n");
  for (const [index, prose] of proseLines(text).entries()) {
    if (!/^#{1,6} /.test(prose)) continue;
    const slug = slugOf((lines[index] ?? "").replace(/^#+ /, ""));
    let unique = slug;
    for (let count = 1; found.has(unique); count++) unique = `${slug}-${count}`;
    found.add(unique);
  }
  for (const [, id = ""] of text.matchAll(/<a (?:id|name)="([^"]+)"/g)) found.add(id);
  return found;
}

function slugOf(heading: string): string {
  return heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, "")
    .trim()
    .replaceAll(" ", "-");
}
