import sharp from "sharp";
import { Channels, canonicalTransformation, Format, parseTransformation } from "../../contracts/transformation";
import {
  difference,
  GOLDEN_CASES,
  golden,
  goldenSource,
  MAX_MEAN_DIFFERENCE,
  MIN_PSNR,
} from "../functions/normalize/goldenCases";
import type { FunctionProcess } from "./functionProcess";
import type { LoopbackStore } from "./loopbackStore";

/** The store finds an original by the last name of its path. */
const keyOf = (source: string): string => source.replaceAll("/", "_");

/** Sources of the goldens by key. */
export function goldenSources(): ReadonlyMap<string, Buffer> {
  return new Map(GOLDEN_CASES.map(({ source }) => [keyOf(source), goldenSource(source)]));
}

/**
 * Every golden through the packed function, pixels before encoding: Object Lambda's event carries the transformation, so that one
 * process makes them all.
 * @returns what differs more from OpenCV than is allowed, one line each
 */
export async function goldenPixels(running: FunctionProcess, store: LoopbackStore): Promise<readonly string[]> {
  const failures: string[] = [];
  let [worstMean, worstPsnr] = [0, Number.POSITIVE_INFINITY];
  for (const [index, { source, width, height, channels, golden: file }] of GOLDEN_CASES.entries()) {
    const route = `io-golden-${index}`;
    const url = `http://127.0.0.1:${store.port}/${keyOf(source)}`;
    const payload = canonicalTransformation(parseTransformation({ width, height, channels, format: Format.Raw }));
    await running.text({
      getObjectContext: { inputS3Url: url, outputRoute: route, outputToken: "token" },
      configuration: { payload },
      userRequest: { url, headers: {} },
    });
    const space = channels === Channels.Grey ? "b-w" : "srgb";
    const expected = await sharp(golden(file)).toColourspace(space).raw().toBuffer();
    const written = store.written(route);
    const { most, mean, psnr } = difference(written?.body ?? new Uint8Array(), expected);
    [worstMean, worstPsnr] = [Math.max(worstMean, mean), Math.min(worstPsnr, psnr)];
    if (most <= 1 && mean <= MAX_MEAN_DIFFERENCE && psnr >= MIN_PSNR) continue;
    failures.push(
      `${source} as ${width}x${height} ${channels}: status ${written?.status}, at most ${most}, mean ${mean}, PSNR ${psnr} dB`,
    );
  }
  console.log(
    `${GOLDEN_CASES.length} goldens: mean difference to OpenCV at most ${worstMean.toFixed(3)} (allowed ${MAX_MEAN_DIFFERENCE}), PSNR at least ${worstPsnr.toFixed(1)} dB (allowed ${MIN_PSNR})`,
  );
  return failures;
}
