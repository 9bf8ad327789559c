import { describe, expect, it } from "vitest";
import { describeProcessor } from "./processor.js";

const x86 = (flags: string, vendor = "GenuineIntel") =>
  describeProcessor(`vendor_id\t: ${vendor}\nmodel name\t: A processor\nflags\t\t: fpu sse sse2 ${flags}\n`);

describe("the processor", () => {
  it.each([
    ["avx avx2 avx512f avx512_bf16 amx_bf16", "AMX bf16"],
    ["avx avx2 avx512f avx512_bf16", "AVX-512 bf16"],
    ["avx avx2 avx512f", "AVX-512"],
    ["avx avx2", "AVX2"],
    ["avx", "AVX"],
    ["", "SSE"],
  ])("with %s computes in %s", (flags, name) => {
    expect(x86(flags)).toMatchObject({ instructionSet: name, model: "A processor" });
  });

  it("of another architecture is told by its features", () => {
    const arm = (features: string) => describeProcessor(`CPU implementer\t: 0x41\nFeatures\t: fp ${features}\n`);
    expect(arm("asimd").instructionSet).toBe("NEON");
    expect(arm("asimd sve bf16").instructionSet).toBe("SVE bf16");
  });

  it("is the same under another kernel, and another by instructions or maker", () => {
    const { key } = x86("avx avx2");
    expect(x86("avx2 retpoline avx").key).toBe(key);
    expect(x86("avx").key).not.toBe(key);
    expect(x86("avx avx2", "AuthenticAMD").key).not.toBe(key);
  });
});
