/** Name of a book that lies beside a project and is read in the place of the one that is shipped. */
export const PRICES_FILE = "frugal-ml-prices.json";
