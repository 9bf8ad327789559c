/** The formats that are read, found by a file's first bytes. */
export type PictureFormat = "png" | "jpeg" | "tiff" | "bmp" | "webp" | "jpeg2000";

/** Names of the formats, for messages. */
export const formatNames: { readonly [Format in PictureFormat]: string } = {
  png: "PNG",
  jpeg: "JPEG",
  tiff: "TIFF",
  bmp: "BMP",
  webp: "WebP",
  jpeg2000: "JPEG 2000",
};

/** `PNG, JPEG, TIFF, BMP, WebP or JPEG 2000`, for messages. */
export const listedFormats = new Intl.ListFormat("en-GB", { type: "disjunction" }).format(Object.values(formatNames));

/** Endings, lower-case without dot, by which folders are searched; what a file is, its first bytes say. */
export const pictureEndings: readonly string[] = [
  ...["png", "jpg", "jpeg", "jpe", "jfif", "tif", "tiff", "bmp", "dib", "webp"],
  ...["jp2", "j2k", "jpf", "jpx", "j2c", "jpc"],
];

/** Bytes that {@link formatOf} needs. */
export const signatureBytes = 16;

interface Signature {
  readonly format: PictureFormat;
  readonly at: number;
  readonly bytes: string;
}

const signatures: readonly Signature[] = [
  { format: "png", at: 0, bytes: "\x89PNG\r\n\x1a\n" },
  { format: "jpeg", at: 0, bytes: "\xff\xd8\xff" },
  { format: "tiff", at: 0, bytes: "II*\0" },
  { format: "tiff", at: 0, bytes: "MM\0*" },
  { format: "tiff", at: 0, bytes: "II+\0" },
  { format: "tiff", at: 0, bytes: "MM\0+" },
  { format: "bmp", at: 0, bytes: "BM" },
  { format: "webp", at: 8, bytes: "WEBP" },
  { format: "jpeg2000", at: 4, bytes: "jP  \r\n\x87\n" },
  { format: "jpeg2000", at: 0, bytes: "\xff\x4f\xff\x51" },
];

export function formatOf(start: Buffer): PictureFormat | undefined {
  return signatures.find(({ at, bytes }) => start.toString("latin1", at, at + bytes.length) === bytes)?.format;
}

const others: readonly (Omit<Signature, "format"> & { readonly is: string })[] = [
  { is: "a GIF", at: 0, bytes: "GIF8" },
  { is: "an SVG", at: 0, bytes: "<svg" },
  { is: "an XML file", at: 0, bytes: "<?xml" },
  { is: "an HTML page", at: 0, bytes: "<!DOCTYPE" },
  { is: "an AVIF", at: 4, bytes: "ftypavi" },
  { is: "a HEIF", at: 4, bytes: "ftyphei" },
  { is: "a HEIF", at: 4, bytes: "ftypmif1" },
  { is: "a PDF", at: 0, bytes: "%PDF" },
  { is: "a Photoshop document", at: 0, bytes: "8BPS" },
  { is: "a zip archive", at: 0, bytes: "PK\x03\x04" },
  { is: "a gzip archive", at: 0, bytes: "\x1f\x8b" },
  { is: "an HDF5 file", at: 0, bytes: "\x89HDF" },
  { is: "a NumPy array", at: 0, bytes: "\x93NUMPY" },
  { is: "a Git LFS pointer: the file itself was not fetched", at: 0, bytes: "version https://git-lfs" },
];

/** What a file is that is none of the formats, as far as its first bytes say: `a GIF`, `other bytes`. */
export function otherFormat(start: Buffer): string {
  if (start.length === 0) return "an empty file";
  const known = others.find(({ at, bytes }) => start.toString("latin1", at, at + bytes.length) === bytes);
  if (known) return known.is;
  return start.subarray(0, 64).every((byte) => byte === 9 || byte === 10 || byte === 13 || byte >= 32)
    ? "text"
    : "other bytes";
}
