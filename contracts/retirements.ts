/**
 * What AWS has retired or calls previous, as of a date: lists that go out of date by themselves. Read them again when
 * the test of their age fails.
 */
export const RETIREMENTS = {
  /** ISO date on which the lists were read. */
  readOn: "2026-11-26",
  /**
   * Lambda runtimes that were deprecated by that date: no security patches, no support, and one day no updates. Source:
   * docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html, as kept by cfn-lint 1.58.0 (2026-10-20,
   * LmbdRuntimeLifecycle.json).
   */
  lambdaRuntimes: [
    "dotnet5.0",
    "dotnet6",
    "dotnet7",
    "dotnet8",
    "dotnetcore1.0",
    "dotnetcore2.0",
    "dotnetcore2.1",
    "dotnetcore3.1",
    "go1.x",
    "java8",
    "nodejs",
    "nodejs4.3",
    "nodejs4.3-edge",
    "nodejs6.10",
    "nodejs8.10",
    "nodejs10.x",
    "nodejs12.x",
    "nodejs14.x",
    "nodejs16.x",
    "nodejs18.x",
    "nodejs20.x",
    "provided",
    "provided.al2",
    "python2.7",
    "python3.6",
    "python3.7",
    "python3.8",
    "python3.9",
    "python3.10",
    "ruby2.5",
    "ruby2.7",
    "ruby3.2",
  ],
  /**
   * Instance families that cannot be started any more. For P2, SageMaker's price list of 2026-09-22 has no price; the
   * others are older still, and no dated list of AWS names them together.
   */
  retiredFamilies: ["cc1", "cc2", "cg1", "cr1", "g2", "hi1", "hs1", "p2"],
  /**
   * Instance families of which there are at least two later generations, among them those that
   * aws.amazon.com/ec2/previous-generation names; and P3, which SageMaker's hosting price list of 2026-09-22 has no more.
   */
  previousFamilies: ["a1", "c1", "c3", "c4", "g3", "g3s", "i2", "m1", "m2", "m3", "m4", "p3", "p3dn", "r3", "r4", "t1"],
} as const;
