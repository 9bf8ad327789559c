import { createRequire } from "node:module";
import type { Tf } from "@eosin/plugin-api/learning";

const require = createRequire(import.meta.url);
let loaded: Tf | undefined;

/**
 * The union package, since `@tensorflow/tfjs-core` alone comes without gradients, and as CommonJS, since its ES modules
 * don't resolve in plain Node.
 */
export function loadTfjs(): Tf {
  if (!loaded) {
    loaded = require("@tensorflow/tfjs") as Tf;
    // Leaves out the advice that tfjs prints about other back ends.
    loaded.enableProdMode();
  }
  return loaded;
}
