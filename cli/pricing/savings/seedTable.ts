import { Decimal } from "../decimal";
import { at, type Rates, sumOf } from "./rates";
import type { Alternative, Comparison } from "./savings";

/** What the blog post about images behind S3 Object Lambda gives for an hour, in US dollars. */
const POST = { x86: "0.061", arm: "0.049", p2: "0.90" };

/** A second for each request, as the post's figures come to: 3,600 of them in an hour of one GB. */
const REQUESTS = 3600;

/** Memory of the post's function, and that at which a function has a whole vCPU, in MB. */
const POST_MB = 256;
const ONE_VCPU_MB = 1769;

/** The table of the blog post that this package started from, reproduced, beside today's prices and what it leaves out. */
export function compareSeedTable(rates: Rates): Comparison {
  const same = (usd: Decimal | undefined): Alternative["usd"] => usd && { low: usd, expected: usd, high: usd };
  const gbHour = (request: string, duration: string): Decimal | undefined =>
    sumOf(at(rates.one("AWSLambda", duration), 3600), at(rates.one("AWSLambda", request), REQUESTS));
  const machine = (usageType: string): Decimal | undefined => rates.one("AmazonSageMaker", usageType);
  const row = (name: string, how: string, usd: Decimal | undefined, ours = false): Alternative => ({
    name,
    how,
    ours,
    usd: same(usd),
  });
  const post = "the post's figure";
  const arm = gbHour("Request-ARM", "Lambda-GB-Second-ARM");
  const job = machine("Processing:ml.m5.xlarge");
  return {
    title: "The blog post's table, and the same today",
    unit: "an hour of one GB in functions, or of one machine",
    alternatives: [
      row("post: Lambda, x86", post, Decimal.of(POST.x86)),
      row("post: Lambda, Graviton2", post, Decimal.of(POST.arm)),
      row("post: ml.p2.xlarge", post, Decimal.of(POST.p2)),
      row(
        "today: Lambda, x86",
        `3,600 GB-seconds and ${REQUESTS.toLocaleString("en-US")} requests`,
        gbHour("Request", "Lambda-GB-Second"),
      ),
      row("today: Lambda, Graviton", `3,600 GB-seconds and ${REQUESTS.toLocaleString("en-US")} requests`, arm, true),
      row("today: ml.g4dn.xlarge, training", "instance hour", machine("Train:ml.g4dn.xlarge")),
      row("today: ml.g5.xlarge, training", "instance hour", machine("Train:ml.g5.xlarge")),
      row("today: ml.m5.xlarge, processing", "instance hour", job),
    ],
    notes: [
      `Both of the post's figures for Lambda are one GB for an hour and 3,600 requests: 3,600 × $0.0000166667 + 3,600 × $0.0000002 = $0.0607, and with $0.0000133334 $0.0487. A function of ${POST_MB} MB uses a quarter of that, so that four run at once.`,
      `The post saves ${percent(1 - 0.061 / 0.9)} to ${percent(1 - 0.049 / 0.9)} by it, and says up to 90 %. But four functions of ${POST_MB} MB have ${((4 * POST_MB) / ONE_VCPU_MB).toFixed(2)} vCPU together and ml.p2.xlarge has four, and a GPU. For each vCPU it is $${perVcpu(0.061)} and $${perVcpu(0.049)} against $0.2250: ${percent(1 - Number(perVcpu(0.061)) / 0.225)} to ${percent(1 - Number(perVcpu(0.049)) / 0.225)} less.`,
      "$0.90 was EC2's price for p2.xlarge; SageMaker's was higher. The type is retired: the book has no price for it.",
      ...vcpuNote(rates, job),
    ],
  };
}

/** Dollars for a vCPU and hour, of a figure for one GB in functions of the post's size. */
function perVcpu(gbHour: number): string {
  return (gbHour / ((4 * POST_MB) / ONE_VCPU_MB)).toFixed(4);
}

function vcpuNote(rates: Rates, job: Decimal | undefined): readonly string[] {
  const lambda = at(rates.one("AWSLambda", "Lambda-GB-Second-ARM"), (ONE_VCPU_MB / 1024) * 3600)?.toNumber();
  const gpu = rates.one("AmazonSageMaker", "Train:ml.g4dn.xlarge")?.toNumber();
  if (lambda === undefined || gpu === undefined || job === undefined) return [];
  const [onGpu, onCpu] = [gpu / 4, job.toNumber() / 4];
  return [
    `Today a vCPU costs $${lambda.toFixed(4)} an hour in a function on Graviton, $${onGpu.toFixed(4)} on ml.g4dn.xlarge (the function is ${percent(1 - lambda / onGpu)} cheaper) and $${onCpu.toFixed(4)} in a processing job on ml.m5.xlarge, which is ${percent(1 - onCpu / lambda)} cheaper than the function: there we lose.`,
  ];
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
