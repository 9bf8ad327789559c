import { existsSync } from "node:fs";

export function hasNvidiaDriver(): boolean {
  return existsSync("/proc/driver/nvidia/version");
}
