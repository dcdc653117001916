/** Finds a request's header by its lower-case name; undefined when it is not there. */
export type HeaderReader = (name: string) => string | undefined;

/** Reads headers whatever their case: S3 Object Lambda keeps the reader's, a function URL lowers it. */
export function headerReader(headers: Readonly<Record<string, string | undefined>>): HeaderReader {
  const byName = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return (name) => byName.get(name);
}
