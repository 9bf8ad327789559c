export { adam } from "./adam.js";
export { type Addon, type Handle, loadAddon } from "./addon.js";
export type { TorchBackend } from "./backend.js";
export type { KernelContext } from "./kernels/kernel.js";
export { Libtorch } from "./libtorch.js";
export { registerTorch } from "./register.js";
