export { installTorch } from "./install.js";
export type { Libtorch } from "./library.js";
export { locateLibtorch } from "./locate.js";
