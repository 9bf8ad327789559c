export { adam } from "./adam.js";
export { type Addon, type ElementType, type Graph, type Handle, loadAddon } from "./addon.js";
export type { DataEntry, TorchBackend } from "./backend.js";
export type { KernelContext } from "./kernels/kernel.js";
export { laidLike } from "./laid-like.js";
export { Libtorch } from "./libtorch.js";
export type { PassObserver } from "./pass-observer.js";
export { registerTorch } from "./register.js";
export { moveStatistics, type StatisticsUpdate } from "./running-statistics.js";
