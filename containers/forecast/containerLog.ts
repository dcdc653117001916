/** Writes one line of JSON to standard output, where SageMaker's logs take it from. */
export function containerLog(level: "info" | "warn" | "error", message: string, fields: object = {}): void {
  process.stdout.write(`${JSON.stringify({ level, message, ...fields })}\n`);
}
