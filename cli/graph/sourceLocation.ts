import { existsSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { SourcePosition, StackTrace } from "@pulumi/pulumi/proto/source_pb.js";
import type { SourceLocation } from "../../contracts/graph";
import { ancestors } from "./programSdk";

/** The nearest folder at or above a program that is a Git repository, or else the program's folder itself. */
export function repositoryOf(folder: string): string {
  return ancestors(folder).find((candidate) => existsSync(join(candidate, ".git"))) ?? folder;
}

/**
 * Where a resource was registered: the nearest frame inside the repository that is not an installed package.
 * @param position the frame that called the resource's constructor; all that older SDKs send
 * @param trace all frames, nearest first
 */
export function sourceLocation(
  repository: string,
  position: SourcePosition | undefined,
  trace: StackTrace | undefined,
): SourceLocation | undefined {
  const frames = trace?.getFramesList().map((frame) => frame.getPc()) ?? [];
  for (const frame of [...frames, position]) {
    const location = frame && locate(repository, frame);
    if (location) return location;
  }
  return undefined;
}

/** Paths by URI: a program has few files, and many frames for each resource. */
const paths = new Map<string, string | undefined>();

function locate(repository: string, position: SourcePosition): SourceLocation | undefined {
  const uri = position.getUri();
  const path = paths.has(uri) ? paths.get(uri) : filePath(uri);
  paths.set(uri, path);
  if (path === undefined || position.getLine() <= 0) return undefined;
  const file = relative(repository, path);
  const parts = file.split(sep);
  if (parts[0] === ".." || file === path || parts.includes("node_modules")) return undefined;
  return { file: parts.join("/"), line: position.getLine(), column: Math.max(1, position.getColumn()) };
}

function filePath(uri: string): string | undefined {
  // In ES modules a frame's file is a URL already, which the SDK takes for a path relative to the working folder.
  const nested = uri.lastIndexOf("/file:/");
  try {
    return fileURLToPath(nested === -1 ? uri : `file:///${uri.slice(nested + "/file:/".length).replace(/^\/+/, "")}`);
  } catch {
    return undefined;
  }
}
