import type { Grant } from "./grants";

/** Part of a bucket: what it is given from outside, or what the stack makes. */
export interface BucketStage {
  readonly id: string;
  /** Beginnings of its keys; empty for all. */
  readonly detail: string;
  /** True when the stack reads it and does not write it. */
  readonly given: boolean;
  /** True when the stack writes it, and only those who write it read it. */
  readonly unread: boolean;
  /** True for keys that begin so. */
  holds(prefix: string): boolean;
}

/** Beginnings that are shown. */
const SHOWN = 3;

/**
 * The parts of a bucket by what is written to it: a bucket that is read and written in different places has two, every
 * other has one.
 */
export function bucketStages(urn: string, grants: readonly Grant[]): readonly BucketStage[] {
  const here = grants.filter(({ target }) => target.urn === urn);
  const written = here.filter(({ action }) => action === "s3:PutObject");
  const read = here.filter(({ action }) => action === "s3:GetObject");
  const isWritten = (prefix: string): boolean => written.some((grant) => prefix.startsWith(grant.prefix));
  const given = read.filter(({ prefix }) => !isWritten(prefix));
  const writers = new Set(written.map(({ actor }) => actor.urn));
  const unread = written.length > 0 && read.every(({ actor, prefix }) => writers.has(actor.urn) || !isWritten(prefix));
  const stage = (name: string, of: readonly Grant[], holds: BucketStage["holds"]): BucketStage => ({
    id: `${urn}#${name}`,
    detail: prefixes(of),
    given: name === "given" && of.length > 0,
    unread: name === "made" && unread,
    holds,
  });
  if (written.length === 0) return [stage("given", given, () => true)];
  if (given.length === 0) return [stage("made", written, () => true)];
  return [stage("given", given, (prefix) => !isWritten(prefix)), stage("made", written, (prefix) => isWritten(prefix))];
}

function prefixes(grants: readonly Grant[]): string {
  const all = [...new Set(grants.map(({ prefix }) => prefix))].filter((prefix) => prefix !== "");
  return all.length > SHOWN ? `${all.slice(0, SHOWN).join(" ")} and ${all.length - SHOWN} more` : all.join(" ");
}
