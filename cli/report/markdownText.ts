/** Text that Markdown shows as it is: no mark-up, no mention, no reference, and all on one line. */
export function markdownText(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[&<>|`*_[\]~#@\\]/g, (character) => `&#${character.charCodeAt(0)};`);
}
