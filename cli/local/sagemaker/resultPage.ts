import { SageMakerError } from "./sagemakerError";

/** Most items of a page, and the default. */
const MAX_RESULTS = 100;

/** One page of a list, and how the next is asked for. */
export interface ResultPage<T> {
  readonly items: readonly T[];
  readonly more: { readonly NextToken?: string };
}

/**
 * Cuts a page out of a list. The token names the last item, so that a list that grows at its beginning gives each item
 * once.
 * @throws SageMakerError ValidationException when the token names nothing
 */
export function resultPage<T>(
  all: readonly T[],
  nameOf: (item: T) => string,
  { NextToken, MaxResults = MAX_RESULTS }: { NextToken?: string | undefined; MaxResults?: number | undefined },
): ResultPage<T> {
  const last = NextToken === undefined ? undefined : Buffer.from(NextToken, "base64url").toString();
  const start = last === undefined ? 0 : all.findIndex((item) => nameOf(item) === last) + 1;
  if (last !== undefined && start === 0) throw new SageMakerError("ValidationException", "The NextToken is not valid.");
  const items = all.slice(start, start + MaxResults);
  const end = items.at(-1);
  const isMore = start + items.length < all.length && end !== undefined;
  return { items, more: isMore ? { NextToken: Buffer.from(nameOf(end)).toString("base64url") } : {} };
}
