/**
 * Writes a report into a file, or on standard output when none is given.
 * @throws CannotRunError `ReportNotWritten`
 */
export async function printReport(out: string | undefined, text: string): Promise<void> {
  if (out === undefined) process.stdout.write(text);
  else (await import("../check/writeWhole.js")).writeWhole(out, text);
}

/** Warns of a book of prices that is too old, on standard error. */
export function warnOfAge(book: { readonly date: string; readonly ageInDays: number; readonly stale: boolean }): void {
  if (!book.stale) return;
  const { date, ageInDays } = book;
  process.stderr.write(
    `frugal-ml: prices are of ${date}, ${ageInDays} days old; frugal-ml prices update renews them\n`,
  );
}
