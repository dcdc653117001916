import assert from "node:assert/strict";
import { type BookPrice, costOf } from "../../../cli/pricing/book/priceBook";
import { shippedBook } from "../../../cli/pricing/book/readPriceBook";
import { Decimal } from "../../../cli/pricing/decimal";
import type { GraphObject } from "../../../contracts/graph";
import { bill, priced, usageWith } from "./pricedGraph";

const FUNCTION = "aws:lambda/function:Function";
const BOOK = shippedBook();

/** What an amount costs by the book, to the cent. */
function byBook(service: string, usageType: string, amount: number, region = "us-east-1"): string {
  const price = BOOK.find({ service, region, usageType });
  assert.ok(price, usageType);
  return costOf(price, Decimal.of(amount)).usd.toString(2);
}

/** What an amount costs by tiers that an example of AWS names: up to where, and the price of a unit. */
function byTiers(amount: number, ...tiers: readonly (readonly [to: number, usd: number])[]): string {
  const price: BookPrice = {
    service: "Example",
    region: "us-east-1",
    usageType: "Example",
    unit: "unit",
    per: Decimal.of(1),
    tiers: tiers.map(([to, usd], at) => ({
      from: Decimal.of(tiers[at - 1]?.[0] ?? 0),
      ...(to !== Number.POSITIVE_INFINITY && { to: Decimal.of(to) }),
      usd: Decimal.of(usd),
    })),
    source: "Example",
    sourceDate: "2026",
    confidence: "exact",
  };
  return costOf(price, Decimal.of(amount)).usd.toString(2);
}

function billOf(type: string, quantities: Readonly<Record<string, number>>, inputs: GraphObject = {}) {
  return bill(priced([{ type, inputs }], { usage: usageWith({}, { it: quantities }) }));
}

function total(...amounts: readonly string[]): string {
  return amounts.reduce((sum, amount) => sum.plus(Decimal.of(amount)), Decimal.ZERO).toString(2);
}

/** Examples that AWS publishes, reproduced by what prices a stack; the book's prices are today's, in which most still hold. */
describe("AWS's own examples", () => {
  describe("Lambda (aws.amazon.com/lambda/pricing, a copy without a date, later than SnapStart's prices)", () => {
    const free = (usd: Decimal): string =>
      usd
        .minus(Decimal.of("0.2"))
        .minus(Decimal.of(400_000).times(Decimal.of("0.0000166667")))
        .toString(2);
    const expected = (memorySize: number, requests: number, milliseconds: number, inputs: GraphObject = {}): Decimal =>
      priced([{ type: FUNCTION, inputs: { memorySize, architectures: ["x86_64"], ...inputs } }], {
        usage: usageWith({}, { it: { requests, milliseconds } }),
      }).total.expected;

    it("mobile application: 3 million requests of 120 ms with 1,536 MB, less the free tier", () => {
      assert.equal(free(expected(1536, 3_000_000, 120)), "2.73");
    });

    it("telemetry of 10,000 vehicles: 7.44 million requests of 2 s with 1 GB", () => {
      assert.deepEqual(billOf(FUNCTION, { requests: 7_440_000, milliseconds: 2000 }, { memorySize: 1024 }), [
        "requests 1.49",
        "duration 248.00",
      ]);
    });

    it("customer support: 6 million requests of 280 ms with 4 GB and 2 GB of storage, less the free tier", () => {
      assert.equal(free(expected(4096, 6_000_000, 280, { ephemeralStorage: { size: 2048 } })), "106.41");
    });

    it("launch day: 100 environments of 1,536 MB kept warm for 8 hours, 500,000 requests of 100 ms in them", () => {
      const warm = byBook("AWSLambda", "Lambda-Provisioned-Concurrency", 100 * 1.5 * 8 * 3600);
      const inThem = byBook("AWSLambda", "Lambda-Provisioned-GB-Second", 500_000 * 0.1 * 1.5);
      const requests = byBook("AWSLambda", "Request", 2_000_000);
      const beside = byBook("AWSLambda", "Lambda-GB-Second", 50_000);
      assert.deepEqual([warm, inThem, requests, beside], ["18.00", "0.73", "0.40", "0.83"]);
      assert.equal(total(warm, inThem, requests, beside), "19.96");
    });

    it("Cyber Monday: 7 environments of 4 GB kept warm for a day, 2 million requests of 280 ms", () => {
      const warm = byBook("AWSLambda", "Lambda-Provisioned-Concurrency", 7 * 4 * 24 * 3600);
      const inThem = byBook("AWSLambda", "Lambda-Provisioned-GB-Second", 2_000_000 * 0.28 * 4);
      assert.equal(total(warm, inThem, byBook("AWSLambda", "Request", 2_000_000)), "32.26");
    });

    it("the two examples of the page of 2018, which rounds the price of a GB-second to 0.00001667", () => {
      // 512 MB, 3 million times, 1 s: $18.74; 128 MB, 30 million times, 200 ms: $11.63.
      const rounded = (gbSeconds: number, requests: string): string =>
        total(byTiers(gbSeconds - 400_000, [Number.POSITIVE_INFINITY, 0.00001667]), requests);
      assert.equal(rounded(3_000_000 * 0.5, byBook("AWSLambda", "Request", 2_000_000)), "18.74");
      assert.equal(rounded(30_000_000 * 0.2 * 0.125, byBook("AWSLambda", "Request", 29_000_000)), "11.63");
    });
  });

  describe("API Gateway (aws.amazon.com/api-gateway/pricing, 2025-11-02)", () => {
    const http = (requests: number) => billOf("aws:apigatewayv2/api:Api", { requests }, { protocolType: "HTTP" });

    it("HTTP API: 10,000 page loads a minute", () => {
      assert.deepEqual(http(10_000 * 60 * 24 * 30), ["requests 418.80"]);
    });

    it("HTTP API: 25 uploads of 4.5 MB a minute, each of nine requests of 512 KB", () => {
      assert.deepEqual(http((25 * 60 * 24 * 30 * 4.5 * 1024) / 512), ["requests 9.72"]);
    });

    it("REST API: 5 million requests, 14.3 GB of answers", () => {
      assert.deepEqual(billOf("aws:apigateway/restApi:RestApi", { requests: 5_000_000 }), ["requests 17.50"]);
      assert.equal(total("17.50", byBook("AWSDataTransfer", "DataTransfer-Out-Bytes", 14.3)), "18.79");
    });

    it("REST API: 15 billion requests, by tiers that the book does not have", () => {
      const tiers = [
        [333e6, 3.5e-6],
        [1e9, 2.8e-6],
        [20e9, 2.38e-6],
      ] as const;
      assert.equal(byTiers(15e9, ...tiers), "36353.10");
      assert.equal(byTiers(333e6, ...tiers), byBook("AmazonApiGateway", "ApiGatewayRequest", 333e6));
    });

    it("private API: an endpoint of a VPC for 720 hours, and 15.7 GB through it", () => {
      const hours = byBook("AmazonVPC", "VpcEndpoint-Hours", 720);
      const data = byBook("AmazonVPC", "VpcEndpoint-Bytes", 15.7);
      assert.deepEqual([hours, data], ["7.20", "0.16"]);
    });
  });

  describe("S3 (aws.amazon.com/s3/faqs, Billing, a copy without a date, with today's prices)", () => {
    const bucket = (quantities: Readonly<Record<string, number>>) => billOf("aws:s3/bucket:Bucket", quantities);

    it("100 GB for 15 days and 100 TB for 16: 52,900 GB-months in two tiers", () => {
      const byteHours = 107_374_182_400 * 15 * 24 + 109_951_162_777_600 * 16 * 24;
      assert.deepEqual(bucket({ gb: byteHours / 2 ** 30 / 744, writes: 0, reads: 0 })[0], "storage 1215.00");
    });

    it("10,000 files in and 20,000 out a day in March", () => {
      assert.deepEqual(bucket({ gb: 0, writes: 310_000, reads: 620_000 }).slice(1), [
        "writes and listings 1.55",
        "reads 0.25",
      ]);
    });
  });

  describe("CloudWatch (aws.amazon.com/cloudwatch/pricing, a copy without a date)", () => {
    it("detailed monitoring of ten instances: 70 metrics", () => {
      assert.equal(byBook("AmazonCloudWatch", "CW:MetricMonitorUsage", 70), "21.00");
    });

    it("a GB of logs a day, 25 GB and 1 GB beyond the free tier", () => {
      const written = byBook("AmazonCloudWatch", "DataProcessing-Bytes", 25);
      assert.equal(total(written, byBook("AmazonCloudWatch", "TimedStorage-ByteHrs", 1)), "12.53");
    });

    it("72 TB of flow logs by the tiers of vended logs, 30 TB of them kept", () => {
      const tb = 1024;
      const tiers = [
        [10 * tb, 0.5],
        [30 * tb, 0.25],
        [50 * tb, 0.1],
        [Number.POSITIVE_INFINITY, 0.05],
      ] as const;
      assert.equal(byTiers(72 * tb, ...tiers), "13414.40");
      assert.equal(byBook("AmazonCloudWatch", "TimedStorage-ByteHrs", 30 * tb), "921.60");
    });
  });

  it("X-Ray (aws.amazon.com/xray/pricing, 2026-08-30): 2,000 requests an hour, a tenth recorded, less 100,000 free", () => {
    assert.equal(byBook("AWSXRay", "XRay-TracesStored", 2000 * 24 * 31 * 0.1 - 100_000), "0.24");
  });

  it("NAT gateway (aws.amazon.com/vpc/pricing): an hour and a GB to S3", () => {
    assert.equal(
      BOOK.find({ service: "AmazonEC2", region: "us-east-1", usageType: "NatGateway-Hours" })?.tiers[0]?.usd.toString(),
      "0.045",
    );
    assert.equal(byBook("AmazonEC2", "NatGateway-Bytes", 1), "0.05");
  });

  describe("SageMaker", () => {
    const sageMaker = (usageType: string, amount: number, region = "us-east-1") =>
      byBook("AmazonSageMaker", usageType, amount, region);

    it("real-time inference of 8 hours on 20 days (cost of AWS's Stable Diffusion extension, 2023-12)", () => {
      assert.equal(total(sageMaker("Host:ml.g5.2xlarge", 8 * 20), sageMaker("Host:VolumeUsage.gp2", 240)), "276.00");
    });

    it("real-time inference of 8 hours on 22 days (AWS Guidance on a unified development experience, without a date)", () => {
      assert.equal(total(sageMaker("Host:ml.m5.xlarge", 8 * 22), sageMaker("Host:VolumeUsage.gp2", 1)), "40.62");
    });

    /** Quantity, cost, and the price where the book has none: aws-samples/sagemaker-ssh-helper@b6bf9ba Sample_Costs.md. */
    const lines: readonly (readonly [usageType: string, quantity: number, usd: string, price?: number])[] = [
      ["Notebk:ml.t3.medium", 744, "40.92"],
      ["Studio:KernelGateway-ml.t3.medium", 1116.74, "61.42"],
      ["Studio:KernelGateway-ml.m5.large", 1339.426, "171.45"],
      ["Tsform:ml.m5.xlarge", 2.126, "0.55"],
      ["Host:ml.m5.xlarge", 8.208, "2.11"],
      ["Processing:ml.m5.xlarge", 2.382, "0.61"],
      ["Train:ml.m5.xlarge", 44.015, "11.31"],
      ["TrainWarmPool:ml.m5.xlarge", 167.301, "43.00", 0.257],
      ["Host:ml.g4dn.xlarge", 1.299, "1.07"],
      ["Studio:KernelGateway-ml.g4dn.xlarge", 18.913, "15.54"],
      ["Train:ml.g4dn.xlarge", 14.801, "12.17"],
      ["TrainWarmPool:ml.g4dn.xlarge", 33.597, "27.62", 0.822],
      ["Train:ml.g5.xlarge", 2.887, "4.53"],
      ["Host:ml.g4dn.4xlarge", 74.998, "125.85", 1.678],
      ["Train:ml.p3.2xlarge", 4.139, "17.10"],
      ["Host:ml.g4dn.12xlarge", 31.543, "172.00", 5.453],
      ["Host:ml.g5.12xlarge", 22.409, "177.26", 7.91],
    ];

    it("a whole bill: notebooks, Studio, training, processing, transform and hosting in Ireland, December 2023", () => {
      for (const [usageType, quantity, usd, price] of lines) {
        const cost =
          price === undefined
            ? sageMaker(usageType, quantity, "eu-west-1")
            : byTiers(quantity, [Number.POSITIVE_INFINITY, price]);
        assert.equal(cost, usd, usageType);
      }
      assert.equal(total(...lines.map(([, , usd]) => usd)), "884.51");
    });

    it("volumes of the same bill", () => {
      const volumes = [
        ["Processing", 0.096, "0.01"],
        ["Host", 0.222, "0.03"],
        ["Notebk", 5, "0.77"],
        ["Train", 1.942, "0.30"],
      ] as const;
      for (const [component, gb, usd] of volumes)
        assert.equal(sageMaker(`${component}:VolumeUsage.gp2`, gb, "eu-west-1"), usd, component);
    });
  });
});
