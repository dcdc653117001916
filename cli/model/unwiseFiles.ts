import { SERVICE_LIMITS } from "../../contracts/serviceLimits";
import { REQUIREMENTS } from "./inferenceScript";
import type { ModelFindings } from "./modelFindings";
import type { ModelFile, ModelFolder } from "./modelFolder";

const GB = 1024 ** 3;

/** What systems and tools leave behind. */
const LEFTOVER =
  /(^|\/)(__MACOSX|\.git|\.svn|\.hg|\.ipynb_checkpoints|__pycache__|\.pytest_cache|\.idea|\.vscode)\/|(^|\/)(\._[^/]*|\.DS_Store|Thumbs\.db)$|\.pyc$/;

/** Names under which keys and passwords are kept. */
const SECRET_NAME =
  /(^|\/)(\.env(\.[^/]*)?|\.aws\/.*|credentials(\.[^/]*)?|\.netrc|\.npmrc|\.pypirc|\.git-credentials|id_(rsa|dsa|ecdsa|ed25519)|[^/]*\.(pem|key|p12|pfx|jks|keystore))$/;

/** Keys as they are written: of AWS, private ones, of Hugging Face and of GitHub. */
const SECRET_TEXT =
  /\b(AKIA|ASIA)[0-9A-Z]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY-----|\bhf_[A-Za-z0-9]{30,}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b/;

/** Files that are read by running what they say. */
const PICKLE = /\.(pkl|pickle|joblib|pt|pth|ckpt)$|(^|\/)pytorch_model[^/]*\.bin$/;

/** Engines and plans of TensorRT are for one GPU. */
const GPU_FILE = /\.(plan|engine|trt)$/;
const GPU_CODE = /\bKIND_GPU\b|\.cuda\(|["']cuda(:\d+)?["']/;
const GPU_PACKAGE = /^(tensorflow-gpu|onnxruntime-gpu|cupy|tensorrt|nvidia-|pycuda|flash-attn)|\+cu\d/i;

const PACKED = /\.(tar|tar\.gz|tgz|zip|7z)$/;
const TEXT = /\.(py|txt|json|ya?ml|toml|cfg|ini|sh|md|pbtxt)$/;
const LARGEST_SCANNED = 1024 * 1024;

/** First words of what Git keeps in the place of a large file. */
const POINTER = "version https://git-lfs.github.com/spec/";

/** Says what of a model is wrong or unwise, whatever its framework. */
export function checkUnwise(folder: ModelFolder, findings: ModelFindings): void {
  if (folder.files.length === 0) findings.error(".", "Empty", "has no files");
  for (const file of folder.files) checkFile(file, folder, findings);
  checkRequirements(folder, findings);
  const { diskGb } = SERVICE_LIMITS.sagemaker.options.serverless;
  if (folder.bytes > diskGb * GB) {
    const gigabytes = (folder.bytes / GB).toFixed(1);
    findings.warning(".", "Large", `has ${gigabytes} GB; a serverless endpoint has ${diskGb} GB of disk for all of it`);
  }
}

function checkFile(file: ModelFile, folder: ModelFolder, findings: ModelFindings): void {
  const { path, bytes } = file;
  if (LEFTOVER.test(path)) findings.warning(path, "Leftover", "is left over from a tool, and nothing reads it");
  else if (SECRET_NAME.test(path))
    findings.warning(path, "SecretLike", "looks like a secret: whoever may read the model reads it too");
  if (PACKED.test(path)) findings.warning(path, "NotUnpacked", "is packed once more, and stays so");
  if (PICKLE.test(path)) {
    const instead = /\.(pt|pth)$|\.bin$/.test(path) ? "; safetensors does not" : "";
    findings.warning(path, "Pickle", `is a pickle, or may be: loading it runs what its author wrote${instead}`);
  }
  if (GPU_FILE.test(path))
    findings.warning(path, "GpuOnly", "is made for one kind of GPU; the components host on processors");
  if (bytes > 0 && bytes < 1024 && folder.text(file).startsWith(POINTER))
    findings.error(path, "GitLfsPointer", "is a pointer of Git LFS and not the file: git lfs pull brings it");
  if (TEXT.test(path) && bytes <= LARGEST_SCANNED) checkText(path, folder.text(file), findings);
}

function checkText(path: string, text: string, findings: ModelFindings): void {
  if (SECRET_TEXT.test(text)) findings.warning(path, "SecretLike", "has what looks like a key in it");
  if (!/\.(py|pbtxt)$/.test(path)) return;
  if (GPU_CODE.test(text) && !/is_available\(\)/.test(text))
    findings.warning(path, "GpuOnly", "asks for a GPU; the components host on processors");
  const [own] = /["'](\/(home|Users)\/[^"'\n]+|[A-Za-z]:\\[^"'\n]+)["']/.exec(text) ?? [];
  if (own !== undefined) findings.warning(path, "OwnPath", `has the path ${own}, which is of one machine`);
}

function checkRequirements(folder: ModelFolder, findings: ModelFindings): void {
  const file = folder.find(REQUIREMENTS);
  if (file === undefined) {
    const misplaced = folder.find("requirements.txt");
    if (misplaced) findings.warning(misplaced.path, "NotRead", `is not read here; wanted: ${REQUIREMENTS}`);
    return;
  }
  const lines = folder
    .text(file)
    .split("\n")
    .map((line) => line.replace(/#.*/, "").trim())
    .filter((line) => line !== "");
  if (lines.length > 0) {
    const network =
      "pip fetches it when a container starts, which networkIsolation (the default of the components) keeps it from";
    findings.warning(REQUIREMENTS, "NeedsNetwork", `has ${lines.length} lines: ${network}`);
  }
  const loose = lines.filter((line) => !/(==|@\s|^--hash)/.test(line) || /^(-|git\+|https?:)/.test(line));
  if (loose.length > 0) findings.warning(REQUIREMENTS, "NotPinned", `does not pin ${loose.slice(0, 5).join(", ")}`);
  const gpu = lines.filter((line) => GPU_PACKAGE.test(line));
  if (gpu.length > 0) findings.warning(REQUIREMENTS, "GpuOnly", `has ${gpu.join(", ")}, which need a GPU`);
}
