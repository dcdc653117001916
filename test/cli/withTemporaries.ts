/** Runs what uses temporary files with a folder of its own for them: the machine's is shared with tests that run at once. */
export async function withTemporaries<T>(folder: string, run: () => T | Promise<T>): Promise<T> {
  const { TMPDIR } = process.env;
  process.env["TMPDIR"] = folder;
  try {
    return await run();
  } finally {
    if (TMPDIR === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = TMPDIR;
  }
}
