/** A name as it is, or spelled as in JSON where it would move the terminal's cursor. */
export function shownName(name: string): string {
  if (!/\p{Cc}/u.test(name)) return name;
  // JSON leaves the upper control characters as they are.
  return JSON.stringify(name).replace(/\p{Cc}/gu, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
