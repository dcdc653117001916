import { CsvFields, csvField } from "../../../../contracts/csvFields";
import { JobFailure } from "../jobFailure";
import { isJsonObject, type JsonValue } from "../jsonValue";
import { filtered } from "./recordFilter";
import { recordForm, type TransformRequest } from "./transformRequest";

/**
 * What becomes of each record before the container is asked, and of each answer after: the input filter, the join of
 * answer and record, the output filter, in this order
 * (docs.aws.amazon.com/sagemaker/latest/dg/batch-transform-data-processing.html).
 */
export class DataProcessing {
  readonly #form: "csv" | "json";
  readonly #inputFilter: string;
  readonly #outputFilter: string;
  readonly #joins: boolean;

  constructor({ DataProcessing: asked, TransformInput }: TransformRequest) {
    this.#form = recordForm(TransformInput.ContentType) ?? "json";
    this.#inputFilter = asked?.InputFilter ?? "$";
    this.#outputFilter = asked?.OutputFilter ?? "$";
    this.#joins = asked?.JoinSource === "Input";
  }

  /** Whether answers must be told apart, record by record. */
  get looksAtAnswers(): boolean {
    return this.#joins || this.#outputFilter !== "$";
  }

  /** What the container is asked of a record. @throws JobFailure when it is no record, or nothing is chosen */
  asked(record: Buffer): Buffer {
    if (this.#inputFilter === "$") return record;
    return this.#write(this.#filtered("InputFilter", this.#inputFilter, this.#read(record)));
  }

  /** What is kept of an answer. @throws JobFailure when it is no record, or nothing is chosen */
  kept(record: Buffer, answer: Buffer): Buffer {
    if (!this.looksAtAnswers) return answer;
    const read = this.#read(answer);
    const joined = this.#joins ? this.#joined(this.#read(record), read) : read;
    return this.#write(this.#filtered("OutputFilter", this.#outputFilter, joined));
  }

  #joined(record: JsonValue, answer: JsonValue): JsonValue {
    if (Array.isArray(record) && Array.isArray(answer) && this.#form === "csv") return [...record, ...answer];
    if (isJsonObject(record)) return { ...record, SageMakerOutput: answer };
    return { SageMakerInput: record, SageMakerOutput: answer };
  }

  #filtered(name: string, path: string, value: JsonValue): JsonValue {
    const chosen = filtered(path, value);
    if (chosen !== undefined) return chosen;
    throw new JobFailure(
      "Client",
      `ClientError: ${name} ${path} chooses nothing of ${JSON.stringify(value).slice(0, 200)}`,
    );
  }

  #read(bytes: Buffer): JsonValue {
    if (this.#form === "csv") return csvFields(bytes);
    const text = bytes.toString("utf8");
    try {
      const value: JsonValue = JSON.parse(text);
      return value;
    } catch (cause) {
      throw new JobFailure("Client", `ClientError: ${JSON.stringify(text.slice(0, 200))} is not JSON`, { cause });
    }
  }

  #write(value: JsonValue): Buffer {
    if (this.#form === "json") return Buffer.from(JSON.stringify(value));
    const fields = Array.isArray(value) ? value : [value];
    return Buffer.from(fields.map((field) => csvField(String(field))).join(","), "latin1");
  }
}

/** Fields of one line. They are read as latin1, which leaves every byte as it is. */
function csvFields(line: Buffer): string[] {
  const rows: string[][] = [];
  const reader = new CsvFields();
  reader.push(line.toString("latin1"), (fields) => rows.push([...fields]));
  reader.end((fields) => rows.push([...fields]));
  return rows[0] ?? [""];
}
