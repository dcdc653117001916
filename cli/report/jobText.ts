import type { LocalManifest } from "../../contracts/localManifest";
import type { RunSummary } from "../../contracts/runSummary";

/** The verdict on the main job, for people. */
export function jobVerdict(summary: RunSummary, summaryFile: string, pageFile: string): string {
  const { failures, seconds } = summary;
  const verdict = summary.ok ? "ok" : `${failures.length} ${failures.length === 1 ? "failure" : "failures"}`;
  return [
    ...failures.map((failure) => `  ✗ ${failure}`),
    `${verdict} in ${seconds.toFixed(1)} s, figures in ${summaryFile}, a page to look at in ${pageFile}`,
  ].join("\n");
}

/** How to use a plane that stays up, for people. */
export function servingText(manifest: LocalManifest, manifestFile: string, reportPath: string): string {
  const lines = [
    `Serving on ${manifest.endpoint}; ${manifestFile} has everything a client needs. Stop with Ctrl-C.`,
    `The report of the run: ${manifest.endpoint}${reportPath}`,
    "",
    `  export AWS_ENDPOINT_URL=${manifest.endpoint} AWS_REGION=${manifest.region}`,
    `  export AWS_ACCESS_KEY_ID=${manifest.accessKeyId} AWS_SECRET_ACCESS_KEY=${manifest.secretAccessKey}`,
  ];
  for (const { delivery, bucket, alias, url, prefix = "" } of manifest.accessPoints) {
    lines.push(
      url === undefined
        ? `  aws s3api get-object --bucket ${alias} --key ${prefix}KEY out.jpg        # ${delivery}, originals in ${bucket}`
        : `  GET ${url}KEY, signed for lambda        # ${delivery}, originals in ${bucket}`,
    );
  }
  for (const { name, url, signedFor, queueUrl } of manifest.apis) {
    lines.push(`  POST ${url}${signedFor === undefined ? "" : `, signed for ${signedFor}`}        # ${name}`);
    if (queueUrl !== undefined) lines.push(`  aws sqs send-message --queue-url ${queueUrl}        # ${name}`);
  }
  return lines.join("\n");
}
