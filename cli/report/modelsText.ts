import type { FleetManifest, ManifestCustomer } from "../../contracts/fleetManifest";

/** How a fleet stands, for people: one line a customer, and the sum. */
export function modelsText(
  manifest: FleetManifest,
  pinned: ReadonlySet<string>,
  customers: readonly ManifestCustomer[],
): string {
  const { version, completedAt, counts, medianMase, medianNaiveMase } = manifest;
  const rows = customers.map((one) => [
    JSON.stringify(one.customer),
    one.status,
    one.model ?? "-",
    String(one.points ?? "-"),
    number(one.backtest?.mase),
    number(one.backtest?.naiveMase),
    [pinned.has(one.customer) ? "pinned" : "", one.reason ?? ""].filter(Boolean).join(" "),
  ]);
  const table = [["customer", "status", "model", "points", "MASE", "naive", ""], ...rows];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const sum = Object.entries(counts)
    .map(([status, count]) => `${count} ${status}`)
    .join(", ");
  return `${lines.join("\n")}\n\nversion ${version}, ${completedAt}: ${sum}, ${pinned.size} pinned; median MASE ${number(medianMase)}, seasonal naive ${number(medianNaiveMase)}\n`;
}

function number(value: number | null | undefined): string {
  return value === null || value === undefined ? "-" : value.toFixed(3);
}
