import { JobFailure } from "../jobFailure";
import type { DataProcessing } from "./dataProcessing";

/** Records that the container is asked about at once. */
export interface Payload {
  /** As the object has them. */
  readonly records: readonly Buffer[];
  readonly body: Buffer;
}

/** How records become requests. */
export interface PayloadOptions {
  readonly splitsLines: boolean;
  /** Whether a request has as many records as it holds, or one. */
  readonly packs: boolean;
  readonly maxBytes: number;
}

const NEW_LINE = Buffer.from("\n");

/**
 * The requests of an object, one after another.
 * @param name of the object, for messages
 * @throws JobFailure for a record that no request holds, and for one that the input filter cannot read
 */
export function* payloads(
  object: Buffer,
  processing: DataProcessing,
  { splitsLines, packs, maxBytes }: PayloadOptions,
  name: string,
): Generator<Payload> {
  let [records, bodies, bytes]: [Buffer[], Buffer[], number] = [[], [], 0];
  for (const record of splitsLines ? lines(object) : [object]) {
    const asked = processing.asked(record);
    if (asked.length > maxBytes) {
      const given = `a record of ${asked.length} bytes`;
      throw new JobFailure("Client", `ClientError: ${name}: given ${given}; allowed: ${maxBytes}, MaxPayloadInMB`);
    }
    if (records.length > 0 && (!packs || bytes + asked.length + 1 > maxBytes)) {
      yield { records, body: joined(bodies) };
      [records, bodies, bytes] = [[], [], 0];
    }
    records.push(record);
    bodies.push(asked);
    bytes += asked.length + 1;
  }
  if (records.length > 0) yield { records, body: joined(bodies) };
}

/**
 * The answers for the records of a request, one for each.
 * @throws JobFailure when there are not as many
 */
export function answersOf({ records }: Payload, answer: Buffer, name: string): readonly Buffer[] {
  if (records.length === 1) return [withoutNewLine(answer)];
  const found = [...lines(answer)];
  if (found.length === records.length) return found;
  const given = `${found.length} lines for ${records.length} records`;
  throw new JobFailure(
    "Algorithm",
    `AlgorithmError: ${name}: the container answered ${given}; what filters or joins needs one for each`,
  );
}

/** Answers put together, each on a line of its own. */
export function assembledLines(answers: readonly Buffer[]): Buffer {
  return Buffer.concat(answers.flatMap((answer) => [withoutNewLine(answer), NEW_LINE]));
}

/** Lines without their ends; those without a byte are none. */
function* lines(bytes: Buffer): Generator<Buffer> {
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(0x0a, from);
    const line = bytes.subarray(from, end < 0 ? bytes.length : end);
    const bare = line.at(-1) === 0x0d ? line.subarray(0, -1) : line;
    if (bare.length > 0) yield bare;
    from += line.length + 1;
  }
}

function joined(bodies: readonly Buffer[]): Buffer {
  const [first = Buffer.alloc(0), ...others] = bodies;
  return others.length === 0 ? first : Buffer.concat([first, ...others.flatMap((body) => [NEW_LINE, body])]);
}

function withoutNewLine(answer: Buffer): Buffer {
  if (answer.at(-1) !== 0x0a) return answer;
  return answer.subarray(0, answer.at(-2) === 0x0d ? -2 : -1);
}
