/** How the channels of an image are normalised: (x / 255 − mean) / deviation, of 8-bit red, green and blue. */
export interface ChannelNormalization {
  /** Of values 0…1. */
  readonly mean: readonly [red: number, green: number, blue: number];
  readonly deviation: readonly [red: number, green: number, blue: number];
}

/** By the mean and standard deviation of ImageNet-1k's training images, as torchvision publishes them. */
export const imagenetNormalization: ChannelNormalization = {
  mean: [0.485, 0.456, 0.406],
  deviation: [0.229, 0.224, 0.225],
};
