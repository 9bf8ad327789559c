/**
 * Whether an ICC profile says sRGB: such pixels are left as they are, whatever the profile is called. Judged by its
 * colorants (relative to D50) and its curves (ICC.1:2010, 9.2 and 10.5, 10.15).
 */
export function isSrgbProfile(profile: Uint8Array): boolean {
  const icc = Buffer.from(profile.buffer, profile.byteOffset, profile.byteLength);
  const space = icc.toString("latin1", 16, 20);
  const tags = readTags(icc);
  const curveIs = (name: string) => {
    const tag = tags.get(name);
    return tag !== undefined && isSrgbCurve(tag);
  };
  if (space === "GRAY") return curveIs("kTRC");
  if (space !== "RGB " || tags.has("A2B0")) return false;
  const colorantsFit = Object.entries(colorants).every(([name, expected]) => {
    const tag = tags.get(name);
    return (
      tag !== undefined &&
      tag.length >= 20 &&
      expected.every((value, i) => Math.abs(fixed(tag, 8 + 4 * i) - value) < 0.003)
    );
  });
  return colorantsFit && ["rTRC", "gTRC", "bTRC"].every(curveIs);
}

const spaces: { readonly [colour: string]: string } = { grey: "GRAY", rgb: "RGB ", cmyk: "CMYK" };

/** The profile where pixels of that colour must be converted by it: not one for other colours, and not sRGB. */
export function profileToApply(profile: Uint8Array | undefined, colour: string): Uint8Array | undefined {
  if (profile === undefined || profile.length < 132) return undefined;
  const space = Buffer.from(profile.subarray(16, 20)).toString("latin1");
  return space === spaces[colour] && !isSrgbProfile(profile) ? profile : undefined;
}

/** The profile's own name, e.g. `Display P3`. */
export function profileName(profile: Uint8Array): string {
  const icc = Buffer.from(profile.buffer, profile.byteOffset, profile.byteLength);
  const tag = readTags(icc).get("desc");
  const text = tag === undefined ? "" : describe(tag);
  return text || "without a name";
}

const colorants: { readonly [tag: string]: readonly number[] } = {
  rXYZ: [0.436, 0.2225, 0.0139],
  gXYZ: [0.3851, 0.7169, 0.0971],
  bXYZ: [0.1431, 0.0606, 0.7141],
};

const TAGS_AT_MOST = 200;

function readTags(icc: Buffer): ReadonlyMap<string, Buffer> {
  const tags = new Map<string, Buffer>();
  if (icc.length < 132) return tags;
  const count = Math.min(icc.readUInt32BE(128), TAGS_AT_MOST);
  for (let at = 132, i = 0; i < count && at + 12 <= icc.length; i++, at += 12) {
    const offset = icc.readUInt32BE(at + 4);
    tags.set(icc.toString("latin1", at, at + 4), icc.subarray(offset, offset + icc.readUInt32BE(at + 8)));
  }
  return tags;
}

function fixed(tag: Buffer, at: number): number {
  return tag.readInt32BE(at) / 65536;
}

function isSrgbCurve(tag: Buffer): boolean {
  const curve = curveOf(tag);
  if (curve === undefined) return false;
  for (let i = 0; i <= 32; i++) if (Math.abs(curve(i / 32) - toLinear(i / 32)) > 0.002) return false;
  return true;
}

/** IEC 61966-2-1. */
function toLinear(level: number): number {
  return level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4;
}

function curveOf(tag: Buffer): ((level: number) => number) | undefined {
  const type = tag.toString("latin1", 0, 4);
  if (type === "curv" && tag.length >= 12) return tableCurve(tag);
  if (type === "para" && tag.length >= 16) return parametricCurve(tag);
  return undefined;
}

function tableCurve(tag: Buffer): ((level: number) => number) | undefined {
  const count = tag.readUInt32BE(8);
  if (count === 0) return (level) => level;
  if (tag.length < 12 + 2 * count) return undefined;
  if (count === 1) return (level) => level ** (tag.readUInt16BE(12) / 256);
  return (level) => {
    const at = level * (count - 1);
    const below = Math.min(Math.floor(at), count - 2);
    const value = (i: number) => tag.readUInt16BE(12 + 2 * i) / 65535;
    return value(below) + (at - below) * (value(below + 1) - value(below));
  };
}

function parametricCurve(tag: Buffer): ((level: number) => number) | undefined {
  const type = tag.readUInt16BE(8);
  const parameters = Math.floor((tag.length - 12) / 4);
  if (parameters < [1, 3, 4, 5, 7][type]) return undefined;
  const [g, a = 1, b = 0, c = 0, d = 0, e = 0, f = 0] = Array.from({ length: parameters }, (_, i) =>
    fixed(tag, 12 + 4 * i),
  );
  if (type === 0) return (level) => level ** g;
  if (type === 3) return (level) => (level >= d ? (a * level + b) ** g : c * level);
  if (type === 4) return (level) => (level >= d ? (a * level + b) ** g + e : c * level + f);
  return undefined;
}

function describe(tag: Buffer): string {
  const type = tag.toString("latin1", 0, 4);
  if (type === "desc" && tag.length > 12) {
    return tag.toString("latin1", 12, 12 + Math.max(0, tag.readUInt32BE(8) - 1)).trim();
  }
  if (type !== "mluc" || tag.length < 28) return "";
  const text = Buffer.from(tag.subarray(tag.readUInt32BE(24), tag.readUInt32BE(24) + (tag.readUInt32BE(20) & ~1)));
  return text.swap16().toString("utf16le").trim();
}
