const MB = 1024 * 1024;

/** How much is unpacked of an archive. */
export interface ArchiveLimits {
  /** Bytes of all files together. */
  readonly bytes: number;
  /** Times that the tar may be larger than its compressed bytes, once it is larger than `ratioFromBytes`. */
  readonly ratio: number;
  readonly ratioFromBytes: number;
  /** Files and folders, named or implied. */
  readonly entries: number;
  /** Folders on the way to a file. */
  readonly depth: number;
  /** Bytes of one name, between slashes. */
  readonly nameBytes: number;
  /** Bytes of a path. */
  readonly pathBytes: number;
  /** Bytes of the records that describe one entry. */
  readonly recordBytes: number;
}

/** Limits of a model's archive. */
export const ARCHIVE_LIMITS: ArchiveLimits = {
  // Well above the models of a shared endpoint, and what a laptop's temporary folder can hold.
  bytes: 4096 * MB,
  // Weights shrink to a half, text to a tenth; deflate itself ends at 1,032. Small archives may be all zeros.
  ratio: 200,
  ratioFromBytes: 16 * MB,
  // A saved TensorFlow model has some tens of files, a vendored Python package some thousands.
  entries: 10_000,
  // Deeper folders are not found in models; each level costs a call of the system.
  depth: 32,
  // NAME_MAX of every file system in use.
  nameBytes: 255,
  // A quarter of Linux's PATH_MAX, so that the folder around it has room.
  pathBytes: 1024,
  // Times, owners and attributes take some hundred bytes.
  recordBytes: 64 * 1024,
};
