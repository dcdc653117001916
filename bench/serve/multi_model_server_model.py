"""The trivial model behind multi-model-server: a constant forecast with the answer of the container's own."""

import json
import logging

from trivial_forecast import TrivialForecast

MODEL = None


def handle(data, context):
    """Loads at the first call, which has no data, and forecasts at every other."""
    global MODEL
    if data is None:
        # The worker would print what each request took, and the server would read it.
        logging.disable(logging.CRITICAL)
        MODEL = TrivialForecast(context.system_properties.get("model_dir"))
        return None
    request = json.loads(data[0].get("body"))
    context.set_response_content_type(0, "application/json")
    return [json.dumps(MODEL.forecast(request["period"]))]
