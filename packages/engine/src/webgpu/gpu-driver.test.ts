import { describe, expect, it } from "vitest";
import { temporaryFolder, writeFiles } from "../installation/npm.test-support.js";
import { findGpuDriver } from "./gpu-driver.js";

const radeon = "usr/share/vulkan/icd.d/radeon_icd.x86_64.json";
const lavapipe = "usr/share/vulkan/icd.d/lvp_icd.x86_64.json";
const renderNode = "dev/dri/renderD128";

function find(files: readonly string[], environment: NodeJS.ProcessEnv = {}, kernelDriver = "") {
  const root = temporaryFolder();
  writeFiles(root, Object.fromEntries(files.map((file) => [file, ""])));
  writeFiles(root, { "sys/class/drm/renderD128/device/uevent": `DRIVER=${kernelDriver}\n` });
  return findGpuDriver({ platform: "linux", root, environment });
}

describe("looking for a GPU", () => {
  it("takes a device and a driver that is none of a software renderer", () => {
    expect(find([renderNode, lavapipe, radeon])).toMatchObject({
      kind: "hardware",
      reason: expect.stringMatching(/renderD128.*radeon_icd/),
    });
    expect(find(["proc/driver/nvidia/version", "etc/vulkan/icd.d/nvidia_icd.json"]).kind).toBe("hardware");
  });

  it("says what is missing and what would enable it", () => {
    expect(find([radeon])).toMatchObject({ kind: "none", reason: expect.stringContaining("no GPU device") });
    expect(find([renderNode, lavapipe])).toMatchObject({
      kind: "none",
      reason: expect.stringContaining("no Vulkan driver"),
      enable: expect.stringContaining("mesa-vulkan-drivers"),
    });
  });

  it("takes no virtual display for a GPU, and no other GPU's driver", () => {
    expect(find([renderNode, radeon], {}, "virtio-pci").kind).toBe("none");
    expect(find([renderNode, radeon], {}, "amdgpu").kind).toBe("hardware");
    expect(find([renderNode, radeon], {}, "nvidia")).toMatchObject({
      kind: "none",
      reason: expect.stringContaining("no Vulkan driver"),
    });
  });

  it("takes a software renderer only where that is allowed, and never before a GPU", () => {
    const allowed = { EOSIN_WEBGPU_SOFTWARE: "1" };
    expect(find([lavapipe]).kind).toBe("none");
    expect(find([lavapipe], allowed).kind).toBe("software");
    expect(find([], allowed).kind).toBe("none");
    expect(find([renderNode, radeon, lavapipe], allowed).kind).toBe("hardware");
  });

  it("looks at the drivers that the environment names, and at no other", () => {
    const folder = temporaryFolder();
    writeFiles(folder, { "vk_swiftshader_icd.json": "" });
    const named = { VK_DRIVER_FILES: `${folder}/vk_swiftshader_icd.json`, EOSIN_WEBGPU_SOFTWARE: "1" };
    expect(find([renderNode, radeon], named).kind).toBe("software");
  });

  it("leaves the question to the adapter where the system brings the driver", () => {
    expect(findGpuDriver({ platform: "darwin", environment: {} })).toMatchObject({ kind: "hardware" });
    expect(findGpuDriver({ platform: "win32", environment: { EOSIN_WEBGPU_SOFTWARE: "1" } }).kind).toBe("software");
  });
});
