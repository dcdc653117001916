/** What an instance type has (aws.amazon.com/ec2/instance-types: SageMaker's types are EC2's, with `ml.` before them). */
export interface InstanceSize {
  readonly type: string;
  readonly vcpus: number;
  readonly memoryMb: number;
  readonly gpus: number;
}

const GB = 1024;

/** Types that the price book knows for hosting or jobs, general ones and those with one GPU. */
export const INSTANCE_SIZES: readonly InstanceSize[] = [
  ...sizes(["c5", "c6i", "c7i", "c6g", "c7g"], 2, [
    ["large", 2],
    ["xlarge", 4],
  ]),
  ...sizes(["c8g"], 2, [["large", 2]]),
  ...sizes(["c5"], 2, [["2xlarge", 8]]),
  ...sizes(["m5", "m7i", "m6g"], 4, [
    ["large", 2],
    ["xlarge", 4],
  ]),
  ...sizes(["m6i"], 4, [["xlarge", 4]]),
  ...sizes(["r5"], 8, [["large", 2]]),
  ...sizes(["g4dn", "g5", "g6"], 4, [["xlarge", 4]], 1),
  ...sizes(["g5"], 4, [["2xlarge", 8]], 1),
];

function sizes(
  families: readonly string[],
  gbPerVcpu: number,
  names: readonly (readonly [string, number])[],
  gpus = 0,
): readonly InstanceSize[] {
  return families.flatMap((family) =>
    names.map(([size, vcpus]) => ({ type: `ml.${family}.${size}`, vcpus, memoryMb: vcpus * gbPerVcpu * GB, gpus })),
  );
}
