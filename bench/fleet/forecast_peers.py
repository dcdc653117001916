"""Forecasts of one peer: `forecast_peers.py PEER TASK ANSWER`, JSON files of exchange.ts.

Prophet is given the series as it is. The others know no dates: they are given values in their order, or, when a series
is unevenly spaced, a value for each day, drawn straight between its neighbours, and answer with the day that is asked.
"""

import json
import logging
import pathlib
import sys
import warnings

import numpy
import pandas

DAY = 86_400_000
LEVEL = 80


def frame(times, **columns):
    return pandas.DataFrame({"ds": pandas.to_datetime(numpy.array(times), unit="ms"), **columns})


def prophet(series):
    from prophet import Prophet

    numpy.random.seed(1)  # Prophet draws its interval.
    model = Prophet(interval_width=LEVEL / 100)
    model.fit(frame(series["times"], y=series["values"]))
    answer = model.predict(frame(series["at"]))
    return answer["yhat"], answer["yhat_lower"], answer["yhat_upper"]


def stepped(model, series):
    times, values = numpy.array(series["times"]), numpy.array(series["values"], dtype=float)
    if series["frequency"] == "uneven":
        first, last = times[0] // DAY, times[-1] // DAY
        values = numpy.interp(numpy.arange(first, last + 1), times / DAY - 0.5, values)
        steps = numpy.maximum(numpy.array(series["at"]) // DAY - last, 1) - 1
    else:
        steps = numpy.arange(len(series["at"]))
    answer = model.forecast(y=values, h=int(steps.max()) + 1, level=[LEVEL])
    return answer["mean"][steps], answer[f"lo-{LEVEL}"][steps], answer[f"hi-{LEVEL}"][steps]


def auto_ets(series):
    from statsforecast.models import AutoETS

    return stepped(AutoETS(season_length=series["season"]), series)


def seasonal_naive(series):
    from statsforecast.models import SeasonalNaive

    return stepped(SeasonalNaive(season_length=series["season"]), series)


PEERS = {"prophet": prophet, "auto-ets": auto_ets, "seasonal-naive": seasonal_naive}


def main():
    logging.getLogger("prophet").setLevel(logging.ERROR)
    logging.getLogger("cmdstanpy").disabled = True  # It sets its level itself.
    warnings.simplefilter("ignore")
    peer, task, answer = sys.argv[1:]
    forecasts = []
    for series in json.loads(pathlib.Path(task).read_text()):
        mean, lower, upper = (numpy.asarray(found, dtype=float).tolist() for found in PEERS[peer](series))
        forecasts.append({"id": series["id"], "mean": mean, "lower": lower, "upper": upper})
    pathlib.Path(answer).write_text(json.dumps(forecasts, allow_nan=False))


main()
