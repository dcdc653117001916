"""A constant forecast of some days: what is served by every peer, so that only the servers differ."""

import datetime
import json
import pathlib

DAY = datetime.timedelta(days=1)


class TrivialForecast:
    """Reads a folder's `model.json` whole and keeps the model, as one that used it would."""

    def __init__(self, folder):
        document = json.loads(pathlib.Path(folder, "model.json").read_text(encoding="utf-8"))
        self.model = document["model"]
        self.customer = document["customer"]
        self.last = datetime.datetime.fromtimestamp(document["axis"]["last"] / 1000, datetime.timezone.utc)
        self.mean = self.model.get("mean", 100.0)

    def forecast(self, period):
        """The answer of the container's own, as a dictionary."""
        moments = (self.last + DAY * (step + 1) for step in range(period))
        return {
            "customer": self.customer,
            "timestamps": [moment.strftime("%Y-%m-%dT%H:%M:%S.000Z") for moment in moments],
            "mean": [self.mean] * period,
            "lower": [self.mean - 1] * period,
            "upper": [self.mean + 1] * period,
            "interval": 0.8,
        }
