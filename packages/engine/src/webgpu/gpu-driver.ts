import { accessSync, constants, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, delimiter, join } from "node:path";

/** What the files say about a GPU; only an adapter says for certain. */
export interface GpuDriver {
  readonly kind: "hardware" | "software" | "none";
  /** What was found, or what is missing. */
  readonly reason: string;
  readonly enable?: string;
}

export interface DriverSearch {
  readonly platform?: NodeJS.Platform;
  readonly environment?: NodeJS.ProcessEnv;
  /** The root of the file system, for tests. */
  readonly root?: string;
}

/** By the names of their Vulkan manifests: Mesa's lavapipe and Google's SwiftShader. */
const softwareManifest = /lvp|lavapipe|llvmpipe|swiftshader/i;

/** Kernel drivers of a virtual machine's display: what Vulkan there is computes on the processor. */
const virtualDriver = /virtio|vmwgfx|qxl|bochs|vkms|vgem|hyperv|vboxvideo/i;

/** Mesa installs the manifests of all its drivers at once: the one that belongs to the kernel's driver counts. */
const manifestOf: { readonly [kernelDriver: string]: RegExp } = {
  nvidia: /nvidia/i,
  nouveau: /nouveau|nvk/i,
  amdgpu: /radeon|amd/i,
  i915: /intel/i,
  xe: /intel/i,
};

interface DeviceFile {
  readonly name: string;
  readonly kernelDriver?: string;
}

/** Whether a software renderer may stand in for a GPU: right, but slower than every other engine. */
export function softwareAllowed(environment: NodeJS.ProcessEnv = process.env): boolean {
  return environment.EOSIN_WEBGPU_SOFTWARE === "1";
}

export function findGpuDriver(search: DriverSearch = {}): GpuDriver {
  const { platform = process.platform, environment = process.env, root = "/" } = search;
  const software = softwareAllowed(environment);
  if (platform === "darwin" || platform === "win32") {
    // The system brings the driver. Whether it is a GPU's shows only when the adapter is asked.
    const library = platform === "darwin" ? "Metal" : "Direct3D 12";
    return { kind: software ? "software" : "hardware", reason: `${library} is part of the system` };
  }
  const manifests = vulkanManifests(environment, root);
  const device = gpuDevice(root);
  const wanted = manifestOf[device?.kernelDriver ?? ""] ?? /./;
  const drivers = manifests
    .filter((file) => !softwareManifest.test(basename(file)))
    .filter((file) => wanted.test(basename(file)));
  if (device && drivers.length > 0) {
    return { kind: "hardware", reason: `${device.name} and the Vulkan driver ${basename(drivers[0])}` };
  }
  if (software && manifests.length > 0) {
    return {
      kind: "software",
      reason: `a software renderer, ${basename(manifests[0])}, as EOSIN_WEBGPU_SOFTWARE=1 allows`,
    };
  }
  if (!device) {
    return {
      kind: "none",
      reason: "there is no GPU device that this user may open",
      enable: renderNodes(root).some((node) => !mayOpen(node.file))
        ? "Join the group that owns the device: sudo usermod -aG render $USER"
        : "Run on a machine (or in a container) with a GPU and its driver; in tests EOSIN_WEBGPU_SOFTWARE=1 allows a software renderer",
    };
  }
  return {
    kind: "none",
    reason: `${device.name} is there, but no Vulkan driver for it`,
    enable:
      "Install the Vulkan driver, e.g. apt install libvulkan1 mesa-vulkan-drivers (NVIDIA's comes with its own driver)",
  };
}

function gpuDevice(root: string): DeviceFile | undefined {
  const usable = renderNodes(root).find(({ file }) => mayOpen(file));
  if (usable) return usable;
  if (existsSync(join(root, "proc/driver/nvidia/version"))) return { name: "NVIDIA's driver", kernelDriver: "nvidia" };
  // The Windows Subsystem for Linux hands its GPU on as this.
  return mayOpen(join(root, "dev/dxg")) ? { name: "/dev/dxg" } : undefined;
}

/** Of GPUs, not of virtual displays. */
function renderNodes(root: string): (DeviceFile & { readonly file: string })[] {
  const folder = join(root, "dev/dri");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((node) => node.startsWith("renderD"))
    .map((node) => ({ name: `/dev/dri/${node}`, file: join(folder, node), kernelDriver: kernelDriver(root, node) }))
    .filter((node) => !virtualDriver.test(node.kernelDriver ?? ""));
}

function kernelDriver(root: string, node: string): string | undefined {
  try {
    const events = readFileSync(join(root, "sys/class/drm", node, "device/uevent"), "utf8");
    return /^DRIVER=(.+)$/m.exec(events)?.[1];
  } catch {
    // Some containers hide it.
    return undefined;
  }
}

function mayOpen(file: string): boolean {
  try {
    accessSync(file, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** As the Vulkan loader looks for them. */
function vulkanManifests(environment: NodeJS.ProcessEnv, root: string): string[] {
  const named = environment.VK_DRIVER_FILES || environment.VK_ICD_FILENAMES;
  const places = named
    ? named.split(delimiter)
    : ["etc/vulkan/icd.d", "usr/local/share/vulkan/icd.d", "usr/share/vulkan/icd.d"].map((name) => join(root, name));
  return places.flatMap((place) => {
    if (!existsSync(place)) return [];
    if (!statSync(place).isDirectory()) return [place];
    return readdirSync(place)
      .filter((name) => name.endsWith(".json"))
      .map((name) => join(place, name));
  });
}
