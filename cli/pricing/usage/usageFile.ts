/** Name of a usage file that is read when it lies beside the project file. */
export const USAGE_FILE = "frugal-ml-usage.yaml";
