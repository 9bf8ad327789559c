/** A weight file that can be downloaded. */
export interface PublishedWeights {
  readonly url: string;
  readonly file: string;
  /** The first eight hexadecimal digits of the file's SHA-256, which its publisher put into its name. */
  readonly sha256Start: string;
}

const RELEASE = "https://github.com/lukemelas/EfficientNet-PyTorch/releases/download/1.0";

const checksums = {
  "efficientnet-b0": "355c32eb",
  "efficientnet-b1": "f1951068",
  "efficientnet-b2": "8bb594d6",
  "efficientnet-b3": "5fb5a3c3",
  "efficientnet-b4": "6ed6700e",
  "efficientnet-b5": "b6417697",
  "efficientnet-b6": "c76e70fd",
  "efficientnet-b7": "dcc49843",
} as const;

/** ImageNet-1k weights of the EfficientNet encoders (Tan & Le, 2019), as converted by `lukemelas/EfficientNet-PyTorch`. */
export const publishedWeights: ReadonlyMap<string, PublishedWeights> = new Map(
  Object.entries(checksums).map(([name, sha256Start]) => {
    const file = `${name}-${sha256Start}.pth`;
    return [name, { url: `${RELEASE}/${file}`, file, sha256Start }];
  }),
);
