import { costOf, type PriceBook } from "../../cli/pricing/book/priceBook";
import { GB } from "../../cli/pricing/charge";
import { Decimal } from "../../cli/pricing/decimal";

/** Region of the prices; the seed names none. */
export const PRICE_REGION = "us-east-1";

/**
 * Bytes that Lambda itself logs for a request in JSON, `platform.start` and `platform.report`, rounded up from the examples
 * of docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html. The function's own line is measured.
 */
export const PLATFORM_LOG_BYTES = 700;

/** Bytes of the line that ClassifierApi has an HTTP API log of each request, with a caller's ARN. */
export const ACCESS_LOG_BYTES = 450;

/** Bytes of an answer's HTTP headers, about. */
const HEADER_BYTES = 300;

/** Months that a log is kept: docs.aws.amazon.com/AmazonCloudWatch/latest/logs; the components' default is 30 days. */
const LOG_MONTHS = 1;

/** Requests of S3 when an instance starts: model, labels, default image. */
const COLD_REQUESTS = 3;

/** What one request takes. */
export interface RequestUse {
  readonly memoryMb: number;
  /** Mean milliseconds of a request that finds its instance warm. */
  readonly warmMs: number;
  /** Mean milliseconds from the start of a process to its first answer; all of them are billed. */
  readonly coldMs: number;
  /** Part of the requests that start an instance. */
  readonly coldShare: number;
  /** Bytes that the function logs for a request. */
  readonly logBytes: number;
  /** Bytes of the answer's body. */
  readonly answerBytes: number;
  /** Whether an HTTP API stands before the function; a function URL costs nothing. */
  readonly httpApi: boolean;
}

/** US dollars of one request by what they are for; nothing that is free for a while is left out. */
export function requestCosts(use: RequestUse, book: PriceBook): Readonly<Record<string, number>> {
  const { memoryMb, warmMs, coldMs, coldShare, logBytes, answerBytes, httpApi } = use;
  const usd = (service: Parameters<PriceBook["find"]>[0]["service"], usageType: string, amount: number): number => {
    const price = book.find({ service, usageType, region: PRICE_REGION });
    if (price === undefined) throw new Error(book.whyAbsent({ service, usageType, region: PRICE_REGION }));
    // Of a million requests, since decimals end; still in the first tier.
    const million = 1e6;
    return Number(costOf(price, Decimal.of((amount * million).toFixed(6))).usd.toString(12)) / million;
  };
  const ms = Math.ceil(warmMs) * (1 - coldShare) + Math.ceil(coldMs) * coldShare;
  const logged = (logBytes + PLATFORM_LOG_BYTES + (httpApi ? ACCESS_LOG_BYTES : 0)) / GB;
  return {
    duration: usd("AWSLambda", "Lambda-GB-Second-ARM", (ms / 1000) * (memoryMb / 1024)),
    requests: usd("AWSLambda", "Request-ARM", 1),
    "HTTP API": httpApi ? usd("AmazonApiGateway", "ApiGatewayHttpRequest", 1) : 0,
    logs:
      usd("AmazonCloudWatch", "DataProcessing-Bytes", logged) +
      usd("AmazonCloudWatch", "TimedStorage-ByteHrs", logged * LOG_MONTHS),
    transfer: usd("AWSDataTransfer", "DataTransfer-Out-Bytes", (answerBytes + HEADER_BYTES) / GB),
    S3: usd("AmazonS3", "Requests-Tier2", coldShare * COLD_REQUESTS),
  };
}

/** Requests that a dollar pays for. */
export function requestsPerDollar(costs: Readonly<Record<string, number>>): number {
  return 1 / Object.values(costs).reduce((sum, cost) => sum + cost, 0);
}
