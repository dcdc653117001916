/** Names of an archive's entries that are native code, by their endings. */
export function nativeEntries(names: readonly string[]): readonly string[] {
  return names.filter((name) => /\.node$|\.so(\.\d+)*$/.test(name));
}
