// Apart from the rest: every plan asks which engines there are, and hardly any opens one.
export type { EngineDefinition } from "./engine-definition.js";
export { engineVersion } from "./engine-version.js";
export { deviceErrorCode, requireDevice } from "./require-device.js";
