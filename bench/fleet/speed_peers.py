"""Peers in training: reads lines of `peer folder first count`, answers each with CPU milliseconds per customer.

A customer's work is what ours does for it: its CSV is read, a model is fitted, and an archive with the model and its
history is written. CPU is this process's and its children's: Prophet's optimiser is a program of its own.
"""

import io
import logging
import pathlib
import pickle
import resource
import sys
import tarfile
import warnings

import pandas

# As ours: a higher level would cost the peers more than it saves.
COMPRESSION = 4
SEASON = 7


def read(file):
    frame = pandas.read_csv(file, parse_dates=["timestamp"])
    return frame.rename(columns={"timestamp": "ds", "consumption": "y"})


def archive(file, content):
    with tarfile.open(file.with_suffix(".tar.gz"), "w:gz", compresslevel=COMPRESSION) as tar:
        member = tarfile.TarInfo("model.json")
        member.size = len(content)
        tar.addfile(member, io.BytesIO(content))


def prophet(file):
    from prophet import Prophet
    from prophet.serialize import model_to_json

    model = Prophet(interval_width=0.8)
    model.fit(read(file))
    archive(file, model_to_json(model).encode())


def statsforecast(name):
    def train(file):
        import statsforecast.models

        # It knows no dates: repeated ones are averaged, and the values are taken in their order.
        values = read(file).groupby("ds")["y"].mean().to_numpy()
        model = getattr(statsforecast.models, name)(season_length=SEASON).fit(y=values)
        archive(file, pickle.dumps((model, values)))

    return train


PEERS = {"prophet": prophet, "holt-winters": statsforecast("HoltWinters"), "auto-ets": statsforecast("AutoETS")}


def seconds():
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def main():
    logging.getLogger("prophet").setLevel(logging.CRITICAL)  # It errs where there is nothing to plot with.
    logging.getLogger("cmdstanpy").disabled = True  # It sets its level itself.
    warnings.simplefilter("ignore")
    for line in sys.stdin:
        peer, folder, first, count = line.rstrip("\n").split("\t")
        files = [pathlib.Path(folder, f"{number}.csv") for number in range(int(first), int(first) + int(count))]
        started = seconds()
        for file in files:
            PEERS[peer](file)
        print((seconds() - started) * 1000 / len(files), flush=True)


main()
