/** Name of the exceptions file that is read when it lies beside the project file. */
export const EXCEPTIONS_FILE = "frugal-ml-exceptions.yaml";
