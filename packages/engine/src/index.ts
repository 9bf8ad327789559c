import { definePlugin, defineService } from "@eosin/plugin-api";
import { engineProvider } from "@eosin/plugin-api/learning";
import { createEngineProvider } from "./provider.js";

export { createEngineProvider, openEngine } from "./provider.js";

/** The plugin that binds the service of engines; plugins that compute name it under `requires`. */
export default definePlugin({
  name: "@eosin/engine",
  services: [defineService(engineProvider, () => createEngineProvider())],
});
