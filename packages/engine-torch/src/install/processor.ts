import { existsSync, readFileSync } from "node:fs";
import { arch, cpus } from "node:os";
import { sha256Of } from "@eosin/support/sha256";

/** What code that was compiled for this machine runs on. */
export interface Processor {
  /** For messages. */
  readonly model: string;
  /** Equal where the compiler and libtorch would make the same choices. */
  readonly key: string;
  /** The widest that libtorch's kernels and ours use, e.g. `AVX-512 bf16`. */
  readonly instructionSet: string;
}

/** Of x86's flags those that a compiler knows; the others come and go with the kernel. */
const instructionFlag =
  /^(sse|ssse|pni|avx|fma|f16c|bmi|abm|adx|aes|vaes|sha|gfni|movbe|popcnt|pclmul|vpclmul|amx|xop|lzcnt|rdrnd|rdseed)/;

/** @param cpuinfo As in `/proc/cpuinfo`. */
export function describeProcessor(cpuinfo: string = readCpuinfo()): Processor {
  const field = (name: string) => new RegExp(`^${name}\\s*: (.*)$`, "m").exec(cpuinfo)?.[1].trim();
  const x86 = field("flags")?.split(" ");
  const arm = field("Features")?.split(" ");
  const flags = x86?.filter((flag) => instructionFlag.test(flag)) ?? arm ?? [];
  // Libraries choose kernels by the maker too.
  const maker = field("vendor_id") ?? `${field("CPU implementer")} ${field("CPU part")}`;
  return {
    model: field("model name") ?? cpus()[0]?.model ?? "unknown",
    key: sha256Of([arch(), maker, ...[...flags].sort()].join(" ")).slice(0, 16),
    instructionSet: x86 ? x86Name(new Set(x86)) : armName(new Set(arm)),
  };
}

function x86Name(flags: ReadonlySet<string>): string {
  if (flags.has("amx_bf16")) return "AMX bf16";
  if (flags.has("avx512f")) return flags.has("avx512_bf16") ? "AVX-512 bf16" : "AVX-512";
  if (flags.has("avx2")) return "AVX2";
  return flags.has("avx") ? "AVX" : "SSE";
}

function armName(flags: ReadonlySet<string>): string {
  const bf16 = flags.has("bf16") ? " bf16" : "";
  if (flags.has("sve")) return `SVE${bf16}`;
  return flags.has("asimd") || flags.has("neon") ? `NEON${bf16}` : "scalar";
}

function readCpuinfo(): string {
  return existsSync("/proc/cpuinfo") ? readFileSync("/proc/cpuinfo", "utf8") : "";
}
