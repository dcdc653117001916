import { createHash } from "node:crypto";
import { PAGE_STYLE } from "./style";

/** What a page may do when it is opened as a file: its own style sheet, its own pictures, and nothing else. */
export function pagePolicy(): string {
  const style = createHash("sha256").update(PAGE_STYLE).digest("base64");
  return `default-src 'none'; img-src data:; style-src 'sha256-${style}'; base-uri 'none'; form-action 'none'`;
}

/** The same as a header, which can also forbid that another page frames it. */
export function servedPolicy(): string {
  return `${pagePolicy()}; frame-ancestors 'none'`;
}
