/** What is used of the `webgpu` package, and of the WebGPU API that it brings. */
export interface Dawn {
  create(flags: readonly string[]): Gpu;
  /** `GPUBufferUsage` and the like, which are in the global scope of a browser. */
  readonly globals: Readonly<Record<string, unknown>>;
}

export interface Gpu {
  requestAdapter(options: { powerPreference: "high-performance" }): Promise<GpuAdapter | null>;
}

export interface GpuAdapterInfo {
  readonly vendor?: string;
  readonly architecture?: string;
  readonly device?: string;
  readonly description?: string;
  readonly isFallbackAdapter?: boolean;
}

export interface GpuAdapter {
  readonly info: GpuAdapterInfo;
  readonly isFallbackAdapter?: boolean;
  readonly limits: Readonly<Record<string, number>>;
  requestDevice(descriptor: { requiredLimits: Record<string, number> }): Promise<GpuDevice>;
}

export interface GpuDevice {
  readonly lost: Promise<{ readonly reason: string; readonly message: string }>;
  addEventListener(name: "uncapturederror", listener: (event: { error: { message: string } }) => void): void;
}
