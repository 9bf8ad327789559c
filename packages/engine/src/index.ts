import { definePlugin, defineService } from "@eosin/plugin-api";
import { engineProvider } from "@eosin/plugin-api/learning";
import { createEngineProvider } from "./provider.js";

export { createEngineProvider, openEngine } from "./provider.js";

export default definePlugin({
  name: "@eosin/engine",
  services: [defineService(engineProvider, () => createEngineProvider())],
});
