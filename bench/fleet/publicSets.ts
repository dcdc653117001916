import type { Frequency } from "./exchange";

/** A set that accuracy is measured on. */
export interface SeriesSet {
  readonly name: string;
  readonly title: string;
  /** Package of requirements.txt whose wheel has the values; none for what is generated. */
  readonly packages: readonly string[];
  /** Where the values come from, and under which terms. */
  readonly source: string;
}

/**
 * The five public sets, chosen on 2026-11-25 before any model was tuned on them, for variety of spacing and subject among
 * what is inside wheels on PyPI: nothing is downloaded at run time, and nothing of it is part of this repository.
 * `export_series.py` reads them.
 */
export const PUBLIC_SETS: readonly SeriesSet[] = [
  {
    name: "wikipedia-daily",
    title: "Wikipedia page views, daily",
    packages: ["autots"],
    source:
      "holidays.zip of AutoTS (MIT), its 21 columns wiki_*, the last four years; Wikimedia Foundation's page views, CC0.",
  },
  {
    name: "weather-daily",
    title: "Weather, daily",
    packages: ["vega-datasets", "autots"],
    source:
      "seattle-weather, and daily means of sf-temps and seattle-temps, of vega_datasets (MIT); the two columns USW00014771_* of AutoTS's holidays.zip (MIT); NOAA, public domain.",
  },
  {
    name: "petroleum-weekly",
    title: "US petroleum, weekly",
    packages: ["autots"],
    source: "eia_weekly.zip of AutoTS (MIT); US Energy Information Administration, public domain.",
  },
  {
    name: "employment-monthly",
    title: "US employment, monthly",
    packages: ["vega-datasets"],
    source:
      "us-employment of vega_datasets (MIT), without the column that is another's difference; US Bureau of Labor Statistics, seasonally adjusted, public domain.",
  },
  {
    name: "textbook",
    title: "Textbook series, monthly and quarterly",
    packages: ["statsmodels", "pmdarima"],
    source:
      "co2, elec_equip, elnino of statsmodels (BSD-3-Clause); airpassengers, wineind, ausbeer, austres, woolyrnq of pmdarima (MIT): official statistics and measurements that textbooks of forecasting use.",
  },
];

/** Points of a season, and points that are forecast. */
export const FREQUENCIES: Readonly<Record<Exclude<Frequency, "uneven">, { season: number; horizon: number }>> = {
  daily: { season: 7, horizon: 28 },
  weekly: { season: 52, horizon: 13 },
  monthly: { season: 12, horizon: 12 },
  quarterly: { season: 4, horizon: 8 },
};
