import type { FailOn } from "../check/failOn";

/** What a report says besides the result. */
export interface CheckReportOptions {
  /** What makes the check fail. */
  readonly failOn: FailOn;
  /** Version of this package. */
  readonly version: string;
  /** Path of the project file in its repository, for findings that no line of a program is known for. */
  readonly projectFile: string;
  /** Most characters of Markdown. Defaults to what a comment on GitHub may hold. */
  readonly markdownLimit?: number;
}

/** A report, and what had to be left out of it, one line each. */
export interface CheckReport {
  readonly text: string;
  readonly warnings: readonly string[];
}
