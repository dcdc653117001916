type Codecs = typeof import("sharp");

let codecs: Codecs | undefined;

/**
 * sharp, loaded when the first picture needs it: JPEG and plain PNG never do, and its libraries cost 50 ms of a
 * function's start (`npm run bench:init`).
 */
export function generalCodecs(): Codecs {
  if (codecs === undefined) {
    codecs = require("sharp") as Codecs;
    // One request at a time in one execution environment: threads and caches only cost memory there.
    codecs.concurrency(1);
    codecs.cache(false);
    codecs.block({ operation: ["VipsForeignLoad"] });
    codecs.unblock({
      operation: ["Jpeg", "Png", "Webp", "Nsgif", "Tiff", "Heif"].map((format) => `VipsForeignLoad${format}`),
    });
  }
  return codecs;
}
