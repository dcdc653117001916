/** How bad a finding is: an error keeps the image from serving the model, a warning does not. */
export type FindingSeverity = "error" | "warning";

/** Something about one file of a model, or about the folder as a whole. */
export interface ModelFinding {
  readonly severity: FindingSeverity;
  /** Path in the archive with slashes; `.` for the folder itself. */
  readonly file: string;
  /** Stable code for programs, for example `MissingFile`. */
  readonly code: string;
  /** What is there and what must be, in words. */
  readonly message: string;
}

/** Collects what is found. */
export class ModelFindings {
  readonly #findings: ModelFinding[] = [];

  error(file: string, code: string, message: string): void {
    this.#findings.push({ severity: "error", file, code, message });
  }

  warning(file: string, code: string, message: string): void {
    this.#findings.push({ severity: "warning", file, code, message });
  }

  /** Everything that was found: errors first, each kind by file. */
  get sorted(): readonly ModelFinding[] {
    return this.#findings.toSorted((a, b) =>
      a.severity === b.severity ? (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) : a.severity === "error" ? -1 : 1,
    );
  }
}
