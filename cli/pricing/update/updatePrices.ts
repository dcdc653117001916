import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { CannotRunError } from "../../../contracts/cannotRunError";
import type { BookData } from "../book/readPriceBook";
import { Decimal } from "../decimal";
import { mergeRates } from "../plans/planRates";
import { type OfferLocation, readOfferFile, readOfferIndex } from "./offerLocation";
import { type Offer, offerPrices } from "./offerPrices";
import { withoutPrefix } from "./regionPrefix";
import { fetchPlanRates, PLAN_OFFERS } from "./updatePlanRates";

/** Host of AWS's public offer files, which needs no account. */
export const OFFERS = "https://pricing.us-east-1.amazonaws.com";

type Entry = BookData["entries"][number];

/** What an update did. */
export interface PriceUpdate {
  readonly book: BookData;
  /** Keys whose price is another now, with both, for the first tier. */
  readonly changed: readonly { readonly key: string; readonly before: string; readonly after: string }[];
  readonly renewed: number;
  readonly added: number;
  /** Keys of the Regions that the files do not have, which stay as they were. */
  readonly kept: readonly string[];
  /** Keys for which a file has several prices: they stay as they were too. */
  readonly ambiguous: readonly string[];
  /** Rates of Savings Plans that were fetched. */
  readonly planRates: number;
}

/** What to update, and from where. */
export interface UpdateOptions {
  readonly regions: readonly string[];
  /** Services, and offers of Savings Plans, by their offer codes. */
  readonly services: readonly string[];
  /** A host, or a folder that is laid out like it. */
  readonly from: string;
  readonly firstPauseMs?: number;
  /** Told before each file is read. */
  readonly progress?: (what: string) => void;
}

/** Services that AWS prices once for the world; their usage types keep the prefix, which is an edge location. */
const GLOBAL = ["AmazonCloudFront"];

/** Usage types of SageMaker that are wanted beside those that the book has already. */
const SAGEMAKER = /^(Host|Train|Processing|Tsform|Notebk|AsyncInf|Studio|ServerlessInf|Hst):/;

const RegionIndex = z.object({ regions: z.record(z.string(), z.object({ currentVersionUrl: z.string() })) });

/**
 * Rebuilds a book from AWS's public offer files. What the files do not have stays, with its own source and date. Nothing
 * is written: the caller gets the book when all of it is there.
 * @throws CannotRunError `PricesNotDownloaded`, `OfferNotFound` or `BadOffer`, naming the file
 */
export async function updatePrices(old: BookData, options: UpdateOptions): Promise<PriceUpdate> {
  const folder = mkdtempSync(join(tmpdir(), "frugal-ml-prices-"));
  try {
    const fresh = new Map<string, Entry>();
    const ambiguous = new Set<string>();
    const sources: Record<string, string> = {};
    let date = old.date;
    const location = { ...options, folder };
    for (const service of options.services.filter((code) => !(code in PLAN_OFFERS))) {
      for (const region of GLOBAL.includes(service) ? ["global"] : options.regions) {
        const known = new Set(
          old.entries.filter((entry) => entry.service === service).map(({ usageType }) => usageType),
        );
        const { path, offer } = await readOffer(service, region, options, location, (usageType) => {
          const plain = withoutPrefix(usageType, region);
          return known.has(plain) || (service === "AmazonSageMaker" && SAGEMAKER.test(plain));
        });
        const source = `${OFFERS}${path}`;
        sources[source] = source;
        if (offer.published > date) date = offer.published;
        for (const { usageType: prefixed, unit, tiers } of offer.prices) {
          const usageType = withoutPrefix(prefixed, region);
          const entry: Entry = {
            service,
            region,
            usageType,
            unit,
            per: 1,
            tiers: [...tiers],
            source,
            sourceDate: offer.published,
            confidence: "exact",
          };
          const key = keyOf(entry);
          const other = fresh.get(key);
          if (other && JSON.stringify(other.tiers) !== JSON.stringify(entry.tiers)) ambiguous.add(key);
          fresh.set(key, entry);
        }
      }
    }
    for (const key of ambiguous) fresh.delete(key);
    const update = merge(old, fresh, [...ambiguous], { date, sources, options });
    return await withPlanRates(update, options, location);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function readOffer(
  service: string,
  region: string,
  { progress }: UpdateOptions,
  location: OfferLocation,
  wanted: (usageType: string) => boolean,
): Promise<{ readonly path: string; readonly offer: Offer }> {
  const base = `/offers/v1.0/aws/${service}/current`;
  progress?.(`${service} ${region}`);
  let path = `${base}/index.json`;
  if (region !== "global") {
    const index = await readOfferIndex(`${base}/region_index.json`, location, (json) => RegionIndex.parse(json));
    const found = index.regions[region]?.currentVersionUrl;
    if (found === undefined)
      throw new CannotRunError(
        "OfferNotFound",
        `${service} has no prices of ${region}; Regions: ${Object.keys(index.regions).join(", ")}`,
      );
    path = found;
  }
  return { path, offer: await readOfferFile(path, location, (file) => offerPrices(file, wanted)) };
}

/** The update with the rates of the Savings Plans that were asked for; other rates of the book stay. */
async function withPlanRates(
  update: PriceUpdate,
  { services, regions, progress }: UpdateOptions,
  location: OfferLocation,
): Promise<PriceUpdate> {
  const offers = services.filter((code) => code in PLAN_OFFERS);
  if (offers.length === 0) return update;
  const { book } = update;
  const keys = new Set(book.entries.map(keyOf));
  const fetched = await fetchPlanRates(
    {
      offers,
      regions,
      priced: (service, region, usageType) => keys.has(keyOf({ service, region, usageType })),
      host: OFFERS,
      ...(progress && { progress }),
    },
    location,
  );
  const { planRates, ambiguous } = fetched;
  return {
    ...update,
    ambiguous: [...update.ambiguous, ...ambiguous],
    planRates: planRates.reduce((sum, { rates }) => sum + Object.keys(rates).length, 0),
    // The book's date is that of its prices: rates have dates of their own.
    book: { ...book, planRates: [...mergeRates(book.planRates ?? [], planRates)] },
  };
}

function merge(
  old: BookData,
  fresh: ReadonlyMap<string, Entry>,
  ambiguous: readonly string[],
  {
    date,
    sources,
    options,
  }: { readonly date: string; readonly sources: Record<string, string>; readonly options: UpdateOptions },
): PriceUpdate {
  const before = new Map(old.entries.map((entry) => [keyOf(entry), entry]));
  const inScope = ({ service, region }: Entry): boolean =>
    options.services.includes(service) && (region === "global" || options.regions.includes(region));
  const kept = old.entries.filter((entry) => !fresh.has(keyOf(entry)));
  const changed = [...fresh].flatMap(([key, entry]) => {
    const was = before.get(key);
    const [then, now] = [was && firstPrice(was), firstPrice(entry)];
    return then === undefined || then === now ? [] : [{ key, before: then, after: now }];
  });
  return {
    book: {
      date,
      sources: { ...old.sources, ...sources },
      entries: [...kept, ...fresh.values()],
      absent: old.absent.filter((entry) => !fresh.has(keyOf(entry))),
      ...(old.planRates && { planRates: old.planRates }),
    },
    changed,
    renewed: [...fresh.keys()].filter((key) => before.has(key)).length,
    added: [...fresh.keys()].filter((key) => !before.has(key)).length,
    kept: kept.filter(inScope).map(keyOf),
    ambiguous,
    planRates: 0,
  };
}

/** Price of one unit in the first tier that costs something: files of AWS begin some with a free allowance. */
function firstPrice({ tiers, per }: Entry): string {
  const tier = tiers.find(({ usd }) => Number(usd) > 0) ?? tiers[0];
  return Decimal.of(tier?.usd ?? 0)
    .over(Decimal.of(per))
    .toString();
}

function keyOf({ service, region, usageType }: Pick<Entry, "service" | "region" | "usageType">): string {
  return `${service}/${region}/${usageType}`;
}
