/** Whether a text is spelt as AWS spells a Region's code, for example `us-east-1`; there need not be one of that name. */
export function isRegion(text: string): boolean {
  return /^[a-z]{2}(-[a-z]+)+-\d$/.test(text);
}
