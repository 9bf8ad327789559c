import { expect, it } from "vitest";
import { softwareRenderer } from "./software-renderer.js";

it.each([
  { description: "llvmpipe (LLVM 19.1.7, 256 bits)" },
  { architecture: "swiftshader", device: "swiftshader-device-subzero-" },
  { description: "Microsoft Basic Render Driver" },
  { description: "Some GPU", isFallbackAdapter: true },
  { isFallbackAdapter: true },
])("tells a software renderer: %j", (info) => {
  expect(softwareRenderer({ info })).toBeTruthy();
});

it.each([{ vendor: "nvidia", description: "NVIDIA H100" }, { description: "AMD Radeon RX 7900 (RADV NAVI31)" }, {}])(
  "tells a GPU: %j",
  (info) => {
    expect(softwareRenderer({ info })).toBeUndefined();
  },
);
