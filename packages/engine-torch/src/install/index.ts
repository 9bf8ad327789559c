export { findInstallation, type InstallationSearch } from "./find-installation.js";
export { installTorch } from "./install.js";
export type { InstallationInfo, TorchAbout, TorchInstallation } from "./installation.js";
export type { Libtorch } from "./library.js";
export { locateLibtorch } from "./locate.js";
