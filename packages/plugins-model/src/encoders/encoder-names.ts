export const efficientNetNames = [
  "efficientnet-b0",
  "efficientnet-b1",
  "efficientnet-b2",
  "efficientnet-b3",
  "efficientnet-b4",
  "efficientnet-b5",
  "efficientnet-b6",
  "efficientnet-b7",
] as const;

export type EfficientNetName = (typeof efficientNetNames)[number];

export const encoderNames = [...efficientNetNames, "tiny"] as const;

export type EncoderName = (typeof encoderNames)[number];

/** What follows from the encoder unless the options say otherwise. */
export function encoderDefaults(name: EncoderName): {
  readonly title: string;
  readonly decoderChannels: readonly number[];
  readonly dropConnect: number;
} {
  if (name === "tiny") return { title: "tiny", decoderChannels: [64, 48, 32, 16, 16], dropConnect: 0 };
  return {
    title: `EfficientNet-B${name.slice(-1)}`,
    decoderChannels: [256, 128, 64, 32, 16],
    dropConnect: 0.2,
  };
}
