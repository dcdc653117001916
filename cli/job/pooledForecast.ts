import type { S3Client } from "@aws-sdk/client-s3";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import type { Prediction, Predictor } from "../../containers/forecast/fitFunction";
import { type ModelDocument, unpackModel } from "../../containers/forecast/modelArchive";
import { futureTimes } from "../../containers/forecast/seriesAxis";
import { loadForecast } from "../../containers/forecast/servedForecast";
import { parseS3Uri } from "../../contracts/s3Location";
import type { ForecastAnswer } from "./hostedModels";

/** What a model itself says, without anything between: what every way to ask it must answer. */
export class PooledForecast {
  readonly #predictor: Predictor;
  /** What it says of so many steps, by their number. */
  readonly #said = new Map<number, Prediction & { readonly times: Float64Array }>();

  private constructor(private readonly document: ModelDocument) {
    this.#predictor = loadForecast(document.model);
  }

  /** Reads the model's archive. @throws Error when it is none */
  static async of(client: S3Client, modelDataUrl: string): Promise<PooledForecast> {
    const { bucket: Bucket, prefix: Key } = parseS3Uri(modelDataUrl);
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    return new PooledForecast(unpackModel((await Body?.transformToByteArray()) ?? new Uint8Array()));
  }

  /** Whether an answer is the model's for so many steps, number for number. */
  matches({ customer, timestamps, mean, lower, upper }: ForecastAnswer, period: number): boolean {
    const said = this.#of(period);
    const isSame = (a: Float64Array, b: readonly number[]): boolean =>
      a.length === b.length && a.every((value, index) => value === b[index]);
    const answered = Float64Array.from(timestamps, (text) => Date.parse(text));
    return (
      customer === this.document.customer &&
      isSame(said.times, [...answered]) &&
      isSame(said.mean, mean) &&
      isSame(said.lower, lower) &&
      isSame(said.upper, upper)
    );
  }

  #of(period: number): Prediction & { readonly times: Float64Array } {
    const known = this.#said.get(period);
    if (known !== undefined) return known;
    const times = futureTimes(this.document.axis, period) ?? new Float64Array();
    const said = { times, ...this.#predictor.predict(times) };
    this.#said.set(period, said);
    return said;
  }
}
