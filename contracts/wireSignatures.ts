/** Key that marks a special object in Pulumi's protocols (pulumi `sdk/go/common/resource/sig/sig.go`). */
export const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";

/** What a marked object stands for. */
export const SIGNATURES = {
  asset: "c44067f5952c0a294b673a41bacd8c17",
  archive: "0def7320c3a5731c473e5ecbe6d01bc7",
  secret: "1b47061264138c4ac30d75fd1eb44270",
  resource: "5cf8f73096256a8f31e491e813e4eb8e",
  output: "d0e6a833031e9bbcd3f4e8bde6ca49a4",
} as const;

/** The string that stands for an unknown value of any type in the Node.js SDK. */
export const UNKNOWN_ON_WIRE = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
