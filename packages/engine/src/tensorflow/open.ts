import { createRequire } from "node:module";
import { join } from "node:path";
import { createTfjsEngine, loadTfjs } from "@eosin/engine-kit";
import { EosinError } from "@eosin/plugin-api";
import type { Engine, EngineIdentity } from "@eosin/plugin-api/learning";
import { messageOf } from "@eosin/support/message-of";
import { locateTensorflow } from "./locate.js";

export async function openTensorflow(identity: EngineIdentity): Promise<Engine> {
  const found = locateTensorflow();
  // TensorFlow reads these when its library is loaded.
  process.env.TF_NUM_INTRAOP_THREADS = String(identity.threads);
  process.env.TF_NUM_INTEROP_THREADS = "1";
  // Its default depends on the processor and on the environment; without it a training step takes twice as long.
  process.env.TF_ENABLE_ONEDNN_OPTS = "1";
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "2";
  // Ours first: it owns the registry that the binding then adds its back end to.
  const tf = loadTfjs();
  try {
    if (!found) throw new Error("the package is gone");
    createRequire(join(found.folder, "package.json"))(found.folder);
    if (!(await tf.setBackend("tensorflow"))) throw new Error("the back end did not start");
  } catch (cause) {
    throw new EosinError({
      code: "ENGINE_FAILED",
      message: `The engine tensorflow did not start: ${messageOf(cause)}`,
      place: found?.folder,
      next: "Choose the engine wasm, or install TensorFlow's binding again (`pipe doctor` has the command).",
      cause,
    });
  }
  // Its convolution gradients know `same` and `valid` only.
  return createTfjsEngine({ identity, tf, name: "tensorflow", explicitPadding: false });
}
