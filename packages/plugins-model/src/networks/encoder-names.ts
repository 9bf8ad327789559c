/** Encoders that an option may name in short. */
export const encoderNames = [
  "efficientnet-b0",
  "efficientnet-b1",
  "efficientnet-b2",
  "efficientnet-b3",
  "efficientnet-b4",
  "efficientnet-b5",
  "efficientnet-b6",
  "efficientnet-b7",
  "efficientnet-lite0",
  "efficientnet-lite1",
  "efficientnet-lite2",
  "efficientnet-lite3",
  "efficientnet-lite4",
  "resnet18",
  "resnet34",
  "resnet50",
  "tiny",
] as const;

export type EncoderName = (typeof encoderNames)[number];
