import { execFile } from "node:child_process";
import path from "node:path";
import * as z from "zod";
import { type FleetPipelineSubject, parameterNames } from "../../components/fleetParameters";
import { fleetPipelineDefinition } from "../../components/fleetPipeline";
import { EVERYTHING, SUBJECT, UNSPLIT } from "../components/fleetSubject";
import type { Reading } from "./reading";

const Line = z.object({ check: z.string(), ok: z.boolean(), detail: z.string() });

/** Values of the parameters, of the documented shapes, by how their names begin. */
const VALUES: Readonly<Record<string, string>> = {
  RoleArn: "arn:aws:iam::123456789012:role/forecast-role-0a1b2c3",
  ImageUri: `123456789012.dkr.ecr.us-east-1.amazonaws.com/frugal-ml-dev/forecast@sha256:${"0a".repeat(32)}`,
  DataUri: "s3://forecast-bucket-0a1b2c3/data/",
  FleetUri: "s3://forecast-bucket-0a1b2c3/",
  KmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/0a1b2c3d",
  ChannelUri: "s3://our-data/holidays/",
  SubnetId: "subnet-0a1b2c3d",
  SecurityGroupId: "sg-0a1b2c3d",
};

/** Every step of fleets' pipelines, judged by botocore's models of the calls that SageMaker makes of them. */
export async function fleetPipelineReadings(programs: string): Promise<readonly Reading[]> {
  const fleets = { "by default": SUBJECT, "with everything": EVERYTHING, "without a split": UNSPLIT };
  const readings = Object.entries(fleets).map(async ([how, subject]) => {
    const lines = await judged(programs, subject);
    return lines.map((line) => ({ ...line, check: `${line.check}, ${how}` }));
  });
  return (await Promise.all(readings)).flat();
}

async function judged(programs: string, subject: FleetPipelineSubject): Promise<readonly Reading[]> {
  const definition: unknown = JSON.parse(fleetPipelineDefinition(subject));
  const values = parameterNames(subject).map((name) => [name, VALUES[name.replace(/\d+$/, "")] ?? ""]);
  const output = await python(programs, JSON.stringify({ definition, parameters: Object.fromEntries(values) }));
  return output
    .trim()
    .split("\n")
    .map((line) => Line.parse(JSON.parse(line)));
}

function python(programs: string, input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const script = path.join(__dirname, "fleetPipeline.py");
    const child = execFile(path.join(programs, "python"), [script], (error, stdout) =>
      error === null ? resolve(stdout) : reject(error),
    );
    child.stdin?.end(input);
  });
}
