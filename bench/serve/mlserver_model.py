"""The trivial model behind MLServer: on its own protocol, and on a custom route with the request of the container's own."""

import json

from fastapi import Response
from mlserver import MLModel
from mlserver.codecs import StringCodec
from mlserver.handlers import custom_handler
from mlserver.types import InferenceRequest, InferenceResponse

from trivial_forecast import TrivialForecast


class TrivialModel(MLModel):
    """`POST /v2/models/{name}/infer` with the tensor `period`."""

    async def load(self):
        self.trivial = TrivialForecast(self._settings.parameters.uri)
        return True

    async def predict(self, payload: InferenceRequest) -> InferenceResponse:
        period = payload.inputs[0].data[0]
        text = json.dumps(self.trivial.forecast(period))
        return InferenceResponse(
            model_name=self.name, outputs=[StringCodec.encode_output("forecast", [text])]
        )


class RoutedModel(TrivialModel):
    """`POST /invocations` with the JSON of the container's own."""

    @custom_handler(rest_path="/invocations")
    async def invocations(self, payload: dict) -> Response:
        text = json.dumps(self.trivial.forecast(payload["period"]))
        return Response(text, media_type="application/json")
