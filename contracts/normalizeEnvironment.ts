/** Environment variables through which a NormalizingAccessPoint configures its function. */
export const NormalizeEnvironment = {
  /** Alias of the S3 access point that the function reads originals through; only for deliveries that read themselves. */
  Source: "FRUGAL_ML_SOURCE",
  /** Transformation as JSON: only options that differ from the default need be there. */
  Transformation: "FRUGAL_ML_TRANSFORMATION",
  /** Name of the bucket that derived objects are written to; only for the delivery `materialized`. */
  Derived: "FRUGAL_ML_DERIVED",
} as const;

/**
 * Settings of glibc's allocator (mallopt(3)) for a process that normalises one picture at a time, read when it starts.
 * By default each thread of libvips fills an arena of its own: the process holds more, and grows for thousands of
 * requests (`npm run soak:normalize`). A fixed MALLOC_MMAP_THRESHOLD_ would keep it a little steadier, but a quarter more
 * CPU goes to the large progressive JPEG then, whose coefficients are mapped anew for every picture.
 */
export const ALLOCATOR_ENVIRONMENT = { MALLOC_ARENA_MAX: "1" } as const;
