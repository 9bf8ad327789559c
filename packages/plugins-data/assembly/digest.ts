import { DIGEST, SOURCE } from "./layout";

/** Takes the bytes of SOURCE into the digest: words of four, then those that are left over. */
export function digest(bytes: i32): void {
  let a = load<u32>(DIGEST);
  let b = load<u32>(DIGEST, 4);
  const end = SOURCE + <usize>bytes;
  const whole = SOURCE + (<usize>bytes & ~3);
  let at = SOURCE;
  for (; at < whole; at += 4) {
    const word = load<u32>(at);
    a = rotl<u32>((a ^ (rotl<u32>(word * 0xcc9e2d51, 15) * 0x1b873593)) * 5 + 0xe6546b64, 13);
    b = rotl<u32>((b ^ (rotl<u32>(word * 0x239b961b, 15) * 0xab0e9789)) * 5 + 0x561ccd1b, 15);
  }
  for (; at < end; at++) {
    const byte = <u32>load<u8>(at);
    a = (a ^ byte) * 0x01000193;
    b = (b ^ byte) * 0x01000193;
  }
  store<u32>(DIGEST, a);
  store<u32>(DIGEST, b, 4);
}
