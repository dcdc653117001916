import { createHash } from "node:crypto";
import type { ResourceKind } from "../resourceKind";

/** An image that the cloud's stack builds. Nothing is built here; its digest is one that names no image. */
export const kind: ResourceKind = {
  types: ["docker-build:index:Image"],

  identify({ urn }) {
    const digest = `sha256:${createHash("sha256").update(urn).digest("hex")}`;
    return { id: digest, outputs: { digest } };
  },
};
