"""Writes the public series sets as JSON: `export_series.py FILE`

Every set is read from a file inside an installed package. AutoTS is read by path: importing it takes seconds and a
machine-learning stack that this does not need.
"""

import importlib.util
import json
import pathlib
import sys
import warnings

import pandas
import pmdarima.datasets
import statsmodels.datasets.co2
import statsmodels.datasets.elec_equip
import statsmodels.datasets.elnino
import vega_datasets

# Four years: longer histories of page views say little of next month, and cost the peers minutes.
WIKIPEDIA_POINTS = 1461


def autots(name, **options):
    folder = pathlib.Path(importlib.util.find_spec("autots").submodule_search_locations[0])
    return pandas.read_csv(folder / "datasets" / "data" / name, **options)


def columns(frame, frequency):
    return [(str(name), frequency, frame[name].dropna()) for name in frame]


def wikipedia_daily():
    wide = autots("holidays.zip", index_col=0, parse_dates=True)
    pages = [name for name in wide if name.startswith("wiki_")]
    return columns(wide[pages].tail(WIKIPEDIA_POINTS), "daily")


def weather_daily():
    seattle = vega_datasets.local_data.seattle_weather().set_index("date")
    syracuse = autots("holidays.zip", index_col=0, parse_dates=True)[["USW00014771_PRCP", "USW00014771_WSF2"]]
    found = columns(seattle[["precipitation", "temp_max", "temp_min", "wind"]].asfreq("D").ffill(), "daily")
    found += columns(syracuse.tail(WIKIPEDIA_POINTS), "daily")
    for city, read in (("sf", vega_datasets.local_data.sf_temps), ("seattle", vega_datasets.local_data.seattle_temps)):
        hourly = read().set_index("date")["temp"]
        found.append((f"{city}_temp", "daily", hourly.resample("D").mean().dropna()))
    return found


def petroleum_weekly():
    wide = autots("eia_weekly.zip").assign(datetime=lambda frame: pandas.to_datetime(frame["datetime"]))
    return columns(wide.pivot_table(index="datetime", columns="series_id", values="value"), "weekly")


def employment_monthly():
    frame = vega_datasets.local_data.us_employment().set_index("month")
    # The last column is the difference of another one.
    return columns(frame.drop(columns="nonfarm_change"), "monthly")


def textbook():
    dated = lambda values, start, step: pandas.Series(  # noqa: E731
        list(values), pandas.date_range(start, periods=len(values), freq=step), dtype=float
    )
    sets = pmdarima.datasets
    years = statsmodels.datasets.elnino.load_pandas().data
    carbon = statsmodels.datasets.co2.load_pandas().data["co2"].resample("MS").mean().interpolate()
    equipment = statsmodels.datasets.elec_equip.load_pandas().data.iloc[:, -1]
    ocean = years.drop(columns="YEAR").to_numpy().ravel()
    return [
        ("airpassengers", "monthly", dated(sets.load_airpassengers(), "1949-01-01", "MS")),
        ("wineind", "monthly", dated(sets.load_wineind(), "1980-01-01", "MS")),
        ("co2", "monthly", carbon),
        ("elec_equip", "monthly", dated(equipment, "1995-01-01", "MS")),
        ("elnino", "monthly", dated(ocean, f"{int(years['YEAR'].iloc[0])}-01-01", "MS")),
        ("ausbeer", "quarterly", dated(sets.load_ausbeer(), "1956-01-01", "QS").dropna()),
        ("austres", "quarterly", dated(sets.load_austres(), "1971-04-01", "QS")),
        ("woolyrnq", "quarterly", dated(sets.load_woolyrnq(), "1965-01-01", "QS")),
    ]


def main():
    warnings.simplefilter("ignore")
    sets = {
        "wikipedia-daily": wikipedia_daily(),
        "weather-daily": weather_daily(),
        "petroleum-weekly": petroleum_weekly(),
        "employment-monthly": employment_monthly(),
        "textbook": textbook(),
    }
    exported = {}
    for name, found in sets.items():
        exported[name] = []
        for series, frequency, values in found:
            if not values.index.is_monotonic_increasing or values.index.has_duplicates or values.isna().any():
                raise ValueError(f"{name}, {series}: times must ascend, values must be there")
            times = (values.index.values.astype("datetime64[ms]").astype("int64")).tolist()
            exported[name].append(
                {"id": series, "frequency": frequency, "times": times, "values": [float(value) for value in values]}
            )
    pathlib.Path(sys.argv[1]).write_text(json.dumps(exported))


main()
