import type { BucketIndex } from "./bucketIndex";
import { compareKeys, type SortedKeys } from "./keyOrder";
import type { ObjectVersion } from "./objectVersion";

/** What to list. */
export interface ListingQuery {
  /** Only keys that begin with it. Empty for all. */
  readonly prefix: string;
  /** Keys that have it after the prefix are rolled into one common prefix. Empty for none. */
  readonly delimiter: string;
  /** Only what comes after this key, or after everything of this common prefix. */
  readonly after?: string;
  /** Entries at most, common prefixes included. */
  readonly limit: number;
}

/** One page of a listing. */
export interface ListingPage<T> {
  readonly items: readonly T[];
  readonly commonPrefixes: readonly string[];
  readonly truncated: boolean;
  /** Key or common prefix that the page ends with; undefined when it is empty. */
  readonly last: string | undefined;
}

/** One page of the objects that a bucket shows: newest versions, without those deleted. */
export function listObjects(index: BucketIndex, query: ListingQuery): ListingPage<ObjectVersion> {
  return list(index.keys, query, (key) => {
    const newest = index.find(key);
    return newest === undefined || newest.deleteMarker ? [] : [newest];
  });
}

/** One page of all versions and delete markers. */
export function listVersions(
  index: BucketIndex,
  query: ListingQuery,
  afterVersionId?: string,
): ListingPage<ObjectVersion> {
  const { after } = query;
  if (after === undefined || afterVersionId === undefined) return list(index.keys, query, (key) => index.versions(key));
  const position = index.versions(after).findIndex((version) => version.versionId === afterVersionId);
  // The marker's own key is begun again and its listed versions are skipped.
  return list(
    index.keys,
    query,
    (key) => (key === after ? index.versions(key).slice(position + 1) : index.versions(key)),
    true,
  );
}

/** One page of entries that have a key each, in S3's order: keys, versions or uploads. */
export function list<T>(
  keys: SortedKeys,
  query: ListingQuery,
  entriesOf: (key: string) => readonly T[],
  inclusive = false,
): ListingPage<T> {
  const { prefix, delimiter, after, limit } = query;
  const items: T[] = [];
  const commonPrefixes: string[] = [];
  let last: string | undefined;
  const page = (truncated: boolean): ListingPage<T> => ({ items, commonPrefixes, truncated, last });
  if (limit === 0) return page(false);

  const isBefore = (key: string): boolean => {
    if (compareKeys(key, prefix) < 0) return true;
    if (after === undefined) return false;
    if (delimiter !== "" && commonPrefixOf(key, prefix, delimiter) === after) return true;
    const order = compareKeys(key, after);
    return order < 0 || (order === 0 && !inclusive);
  };
  for (let i = keys.firstNot(isBefore); i < keys.length; i++) {
    const key = keys.at(i);
    if (key === undefined || !key.startsWith(prefix)) break;
    const common = delimiter === "" ? undefined : commonPrefixOf(key, prefix, delimiter);
    const entries = entriesOf(key);
    if (entries.length === 0 || (common !== undefined && common === commonPrefixes.at(-1))) continue;
    for (const entry of common === undefined ? entries : [undefined]) {
      if (items.length + commonPrefixes.length === limit) return page(true);
      if (entry === undefined) commonPrefixes.push(common ?? key);
      else items.push(entry);
      last = common ?? key;
    }
  }
  return page(false);
}

/** The part of a key up to the first delimiter after the prefix; undefined when there is none. */
function commonPrefixOf(key: string, prefix: string, delimiter: string): string | undefined {
  const end = key.indexOf(delimiter, prefix.length);
  return end < 0 || !key.startsWith(prefix) ? undefined : key.slice(0, end + delimiter.length);
}
