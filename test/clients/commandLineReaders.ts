import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import * as z from "zod";
import type { LocalManifest } from "../../contracts/localManifest";
import { type Reading, reading } from "./reading";

const run = promisify(execFile);

/** Above the AWS CLI's threshold of 8 MiB it uploads in parts. */
const MULTIPART_BYTES = 9 * 1024 * 1024;

const Head = z.object({ ContentLength: z.number(), ETag: z.string() });
const List = z.object({ Contents: z.array(z.object({ Key: z.string(), ETag: z.string() })) });

/** The AWS CLI, unmodified, with its settings in the standard environment variables. */
export async function commandLineReadings(
  programs: string,
  manifest: LocalManifest,
  key: string,
  folder: string,
): Promise<readonly Reading[]> {
  const objectLambda = manifest.accessPoints.find(({ delivery }) => delivery === "object-lambda");
  const { alias = "", bucket = "" } = objectLambda ?? {};
  const file = (name: string): string => path.join(folder, name);
  const aws = (...args: readonly string[]): Promise<string> => awsCli(programs, manifest, folder, args);
  return [
    await reading("aws s3api get-object by alias", async () => {
      await aws("s3api", "get-object", "--bucket", alias, "--key", key, file("alias.jpg"));
      return readFile(file("alias.jpg"));
    }),
    await reading("aws s3api head-object, then get-object --range --if-match in two halves", async () => {
      const object = ["--bucket", alias, "--key", key];
      const { ContentLength, ETag } = Head.parse(JSON.parse(await aws("s3api", "head-object", ...object)));
      const half = Math.floor(ContentLength / 2);
      for (const [name, range] of [
        ["first", `bytes=0-${half - 1}`],
        ["second", `bytes=${half}-`],
      ] as const) {
        await aws("s3api", "get-object", ...object, "--range", range, "--if-match", ETag, file(name));
      }
      return Buffer.concat([await readFile(file("first")), await readFile(file("second"))]);
    }),
    await reading("aws s3api get-object --if-none-match answers 304", async () => {
      const object = ["--bucket", alias, "--key", key];
      const { ETag } = Head.parse(JSON.parse(await aws("s3api", "head-object", ...object)));
      const refused = await aws("s3api", "get-object", ...object, "--if-none-match", ETag, file("none.jpg")).catch(
        String,
      );
      if (!refused.includes("(304)")) throw new Error(refused);
      return "";
    }),
    await reading("aws s3api list-objects-v2 by alias", async () => {
      const object = ["--bucket", alias, "--key", key];
      const { ETag } = Head.parse(JSON.parse(await aws("s3api", "head-object", ...object)));
      const listed = List.parse(
        JSON.parse(await aws("s3api", "list-objects-v2", "--bucket", alias, "--prefix", key)),
      ).Contents;
      if (listed.length !== 1 || listed[0]?.ETag !== ETag) throw new Error(JSON.stringify(listed));
      return `${listed.length} key`;
    }),
    await reading("aws s3 cp up and down, in parts", async () => {
      const bytes = randomBytes(MULTIPART_BYTES);
      await writeFile(file("large.bin"), bytes);
      await aws("s3", "cp", "--quiet", file("large.bin"), `s3://${bucket}/large.bin`);
      await aws("s3", "cp", "--quiet", `s3://${bucket}/large.bin`, file("copied.bin"));
      if (!bytes.equals(await readFile(file("copied.bin")))) throw new Error("came back different");
      return `${bytes.length} bytes`;
    }),
    await reading("aws s3 ls", async () => {
      const listed = await aws("s3", "ls", `s3://${bucket}/`);
      const expected = [key, `${MULTIPART_BYTES} large.bin`].filter((part) => !listed.includes(part));
      if (expected.length > 0) throw new Error(`does not list ${expected.join(" and ")}: ${listed}`);
      return `${listed.trim().split("\n").length} keys`;
    }),
  ];
}

async function awsCli(
  programs: string,
  manifest: LocalManifest,
  home: string,
  args: readonly string[],
): Promise<string> {
  const { stdout } = await run(path.join(programs, "aws"), [...args], {
    // Nothing of the user's: neither variables nor configuration files.
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: home,
      AWS_ENDPOINT_URL: manifest.endpoint,
      AWS_REGION: manifest.region,
      AWS_DEFAULT_REGION: manifest.region,
      AWS_ACCESS_KEY_ID: manifest.accessKeyId,
      AWS_SECRET_ACCESS_KEY: manifest.secretAccessKey,
    },
  });
  return stdout;
}
