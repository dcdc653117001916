/** Environment variables through which a NormalizingAccessPoint configures its function. */
export const NormalizeEnvironment = {
  /** Alias of the S3 access point that the function reads originals through; only for deliveries that read themselves. */
  Source: "FRUGAL_ML_SOURCE",
  /** Transformation as JSON: only options that differ from the default need be there. */
  Transformation: "FRUGAL_ML_TRANSFORMATION",
  /** Name of the bucket that derived objects are written to; only for the delivery `materialized`. */
  Derived: "FRUGAL_ML_DERIVED",
} as const;
