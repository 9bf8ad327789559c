// Apart from `install`: every plan asks which addon there is, and hardly any builds one.
export { findInstallation, type InstallationSearch } from "./install/find-installation.js";
export type { InstallationInfo, TorchAbout, TorchInstallation } from "./install/installation.js";
