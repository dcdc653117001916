import type { ListedKey } from "./listKeys";

/** What several listings have of one key: one entry for each listing, in their order. */
export interface MergedKey {
  readonly key: string;
  readonly found: readonly (ListedKey | undefined)[];
}

/** Goes through listings side by side, key by key. S3 lists by the bytes of UTF-8. */
export async function* mergeListings(listings: readonly AsyncGenerator<ListedKey>[]): AsyncGenerator<MergedKey> {
  const heads = await Promise.all(listings.map(next));
  for (;;) {
    const keys = heads.flatMap((head) => head?.key ?? []);
    const [first, ...others] = keys;
    if (first === undefined) return;
    const key = others.reduce((least, other) => (isBefore(other, least) ? other : least), first);
    const found = heads.map((head) => (head?.key === key ? head : undefined));
    yield { key, found };
    await Promise.all(
      listings.map(async (listing, index) => {
        if (found[index] !== undefined) heads[index] = await next(listing);
      }),
    );
  }
}

async function next(listing: AsyncGenerator<ListedKey>): Promise<ListedKey | undefined> {
  const { done, value } = await listing.next();
  return done ? undefined : value;
}

function isBefore(a: string, b: string): boolean {
  return Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0;
}
