type Codecs = typeof import("sharp");

let codecs: Codecs | undefined;

/**
 * sharp, loaded when the first picture needs it: JPEG and plain PNG seldom do, and its libraries would be a good part of
 * a function's start (`npm run bench:init`).
 */
export function generalCodecs(): Codecs {
  codecs ??= restricted(require("sharp") as Codecs);
  return codecs;
}

function restricted(loaded: Codecs): Codecs {
  // One request at a time in one execution environment: threads and caches only cost memory there.
  loaded.concurrency(1);
  loaded.cache(false);
  loaded.block({ operation: ["VipsForeignLoad"] });
  loaded.unblock({
    operation: ["Jpeg", "Png", "Webp", "Nsgif", "Tiff", "Heif"].map((format) => `VipsForeignLoad${format}`),
  });
  return loaded;
}
