import type { GpuAdapter } from "./dawn.js";

const names = /llvmpipe|lavapipe|swiftshader|softpipe|microsoft basic render|\bwarp\b/i;

/** @returns The renderer's name where the adapter computes on the processor. */
export function softwareRenderer({
  info,
  isFallbackAdapter,
}: Pick<GpuAdapter, "info" | "isFallbackAdapter">): string | undefined {
  const { vendor, architecture, device, description } = info;
  const texts = [description, device, architecture, vendor].filter((text): text is string => Boolean(text));
  if (!isFallbackAdapter && !info.isFallbackAdapter && !texts.some((text) => names.test(text))) return undefined;
  return texts[0] ?? "an unnamed software renderer";
}
