/** Address of an HTTP API, and the name by which it is found among what runs. */
export function apiAddress(endpoint: string, apiId: string): string {
  return `${endpoint}/_apis/${encodeURIComponent(apiId)}`;
}
