import type { Ask } from "../cli/local/readers";
import { basePictures } from "../functions/normalize/hostile/basePictures";
import { hostileCorpus } from "../functions/normalize/hostile/hostileCorpus";
import { greyJpeg } from "../functions/normalize/hostile/jpegBytes";
import { seededRandom } from "../functions/normalize/hostile/seededRandom";

/** Bytes of the largest object that is stored, unless told. */
const LARGEST = 4 * 1024 * 1024;

/** An object to read, and which statuses a plain read of it may have. */
export interface SoakObject {
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly statuses: readonly number[];
}

/** One request of a soak and the statuses that are right. */
export interface SoakRequest {
  readonly ask: Ask;
  readonly statuses: readonly number[];
}

/** What is stored before a soak: good pictures of several formats and sizes, and the hostile corpus. */
export async function soakObjects(
  photographs: readonly SoakObject[],
  largest = LARGEST,
): Promise<readonly SoakObject[]> {
  const pictures = Object.entries(await basePictures());
  return [
    ...photographs,
    ...pictures.map(([format, bytes]) => ({ key: `good/${format}`, bytes, statuses: [200] })),
    { key: "good/9-megapixels", bytes: greyJpeg({ width: 3000, height: 3000 }), statuses: [200] },
    ...(await hostileCorpus()).map(({ bytes, expected, options }, index) => ({
      key: `hostile/${index}`,
      bytes,
      // A broken profile or a flipped bit may be of no consequence with the stack's options.
      statuses:
        expected === "either" || options !== undefined ? [200, 400] : [typeof expected === "string" ? 400 : 200],
    })),
  ].filter(({ bytes }) => bytes.length <= largest);
}

/** Requests without end, the same ones each time: reads, parts of objects, conditions, mistakes. */
export function* soakRequests(objects: readonly SoakObject[]): Generator<SoakRequest> {
  const random = seededRandom(77);
  const good = objects.filter(({ key }) => !key.startsWith("hostile/"));
  const hostile = objects.filter(({ key }) => key.startsWith("hostile/"));
  const pick = (from: readonly SoakObject[]): SoakObject => {
    const object = from[random(from.length)];
    if (object === undefined) throw new Error("nothing is stored");
    return object;
  };
  for (;;) {
    const chance = random(100);
    const { key } = pick(good);
    if (chance < 40) yield { ask: { key }, statuses: [200] };
    else if (chance < 70) {
      const { key: bad, statuses } = pick(hostile);
      yield { ask: { key: bad }, statuses };
    } else if (chance < 80) {
      const from = random(200);
      yield { ask: { key, range: `bytes=${from}-${from + random(400)}` }, statuses: [206] };
    } else if (chance < 84) yield { ask: { key, method: "HEAD" }, statuses: [200] };
    else if (chance < 88) yield { ask: { key, range: "bytes=9999999-" }, statuses: [416] };
    else if (chance < 92) yield { ask: { key, ifMatch: '"another"' }, statuses: [412] };
    else if (chance < 96) yield { ask: { key: `missing/${random(1000)}` }, statuses: [404] };
    else yield { ask: { key, part: 2 }, statuses: [416] };
  }
}
