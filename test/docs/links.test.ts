import { deepEqual, ok } from "node:assert/strict";
import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { anchors, pages, ROOT, relativeLinks } from "./markdown";

/** Why a link leads nowhere; undefined when it leads somewhere. */
function broken(page: string, target: string): string | undefined {
  const [file = "", anchor] = target.split("#");
  const absolute =
    file === "" ? path.join(ROOT, page) : path.resolve(ROOT, path.dirname(page), decodeURIComponent(file));
  if (!absolute.startsWith(ROOT)) return "leads out of the repository";
  if (!existsSync(absolute)) return "there is no such file";
  if (anchor === undefined) return undefined;
  if (statSync(absolute).isDirectory() || !absolute.endsWith(".md")) return "an anchor of what is no page";
  return anchors(readFileSync(absolute, "utf8")).has(anchor) ? undefined : "the page has no such heading";
}

describe("links of the pages", () => {
  it("lead to a file of the repository, and to a heading of it", () => {
    const links = pages().flatMap((page) => relativeLinks(page));
    ok(links.length > 100, `${links.length} links`);
    deepEqual(
      links.flatMap(({ page, line, target }) => {
        const why = broken(page, target);
        return why === undefined ? [] : [`${page}:${line} ${target}: ${why}`];
      }),
      [],
    );
  });

  it("are read outside of code, with headings as GitHub names them", () => {
    const text =
      "# A `code` & more\n[a](b.md#c) `[no](no.md)` [d](https://e.f)\n```sh\n# no\n[no](no.md)\n```\n## Two\n## Two\n";
    deepEqual(relativeLinks("p.md", text), [{ page: "p.md", line: 2, target: "b.md#c" }]);
    deepEqual([...anchors(text)], ["a-code--more", "two", "two-1"]);
  });
});
