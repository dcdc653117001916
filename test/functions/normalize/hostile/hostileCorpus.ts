import sharp from "sharp";
import { basePictures } from "./basePictures";
import { cutShort } from "./cutShort";
import { flippedBits } from "./flippedBits";
import { gifBombs } from "./gifBombs";
import type { HostileInput } from "./hostileInput";
import { notImages } from "./notImages";
import { oddJpegs } from "./oddJpegs";
import { oddMetadata } from "./oddMetadata";
import { oddPictures } from "./oddPictures";
import { pngBombs } from "./pngBombs";
import { polyglots } from "./polyglots";
import { tiffBombs } from "./tiffBombs";
import { webpBombs } from "./webpBombs";

/** Every input, the same ones each time. */
export async function hostileCorpus(): Promise<readonly HostileInput[]> {
  const pictures = await basePictures();
  const dot = sharp({ create: { width: 16, height: 16, channels: 3, background: "#406080" } });
  return [
    ...notImages(),
    ...(await oddPictures(pictures.jpeg)),
    ...cutShort(pictures),
    ...flippedBits(pictures),
    ...oddJpegs(),
    ...oddMetadata(pictures.jpeg),
    ...pngBombs(),
    ...gifBombs(),
    ...webpBombs(await dot.webp({ effort: 0 }).toBuffer()),
    ...tiffBombs(),
    ...polyglots(pictures),
  ];
}
