/** JSON of a value without anything beyond ASCII, so that its length is its size. */
export function asciiJson(value: unknown): string {
  const text = JSON.stringify(value);
  // Most texts are plain already, and matching is quicker than replacing nothing.
  if (!/[\u007f-\uffff]/.test(text)) return text;
  return text.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
