/** What a command found, as JSON for programs: indented, with a line end. */
export function jsonText(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
