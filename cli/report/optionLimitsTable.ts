import { INFERENCE_OPTIONS, OPTION_COMPONENTS } from "../chooser/inferenceOption";
import { OPTION_LIMITS } from "../chooser/optionLimits";
import { bytesText, durationText, number } from "../chooser/words";

/** The documented limits of every option as a table of Markdown, which docs/choose.md and docs/inference-options.md have. */
export function optionLimitsTable(): string {
  const rows = INFERENCE_OPTIONS.map((option) => {
    const {
      payloadBytes,
      durationMs,
      memoryMb,
      concurrency,
      endpoints,
      containers,
      toNothing,
      gpu,
      vpc,
      pages,
      readOn,
    } = OPTION_LIMITS[option];
    const cells = [
      `\`${option}\``,
      OPTION_COMPONENTS[option],
      bytesText(payloadBytes),
      durationText(durationMs),
      memoryMb === undefined ? "the instance's" : `${number(memoryMb)} MB`,
      concurrency === undefined ? (memoryMb === undefined ? "as instances bear" : "quotas") : String(concurrency),
      endpoints === undefined ? "quotas" : String(endpoints),
      containers.max === 1 ? "1" : `${containers.min} to ${containers.max}`,
      toNothing ? "yes" : "no",
      gpu ? "yes" : "no",
      vpc ? "yes" : "no",
      readOn,
      pages.map((page) => page.replace(/^.*\//, "")).join(", "),
    ];
    return `| ${cells.join(" | ")} |`;
  });
  const heads = [
    "option",
    "component",
    "request",
    "duration",
    "memory",
    "at the same time",
    "in a Region",
    "containers",
    "down to nothing",
    "GPU",
    "VPC",
    "read on",
    "pages",
  ];
  return [`| ${heads.join(" | ")} |`, `|${"---|".repeat(heads.length)}`, ...rows].join("\n");
}
