// What is compared, one change after the other. Every rung is trained without each scanner of COSAS in turn, and judged on
// the scanner that it did not see. `than`: the rung that it differs from in one thing.
const recipe = "pipelines/ablations/best-leave-one-scanner-out.yaml";
const dropped = (...augmenters) => [`steps.train.with.augment={ $drop: [${augmenters.join(", ")}] }`];
/** @type {readonly { name: string, what: string, pipeline: string, profile?: string, than?: string, set?: readonly string[] }[]} */
export const rungs = [
  {
    name: "paper",
    what: "the paper's recipe on a small encoder: whole patches of 128 px, mixed stain augmentation, four turns",
    pipeline: "pipelines/ablations/leave-one-scanner-out.yaml",
    profile: "mini",
    set: ["params.encoder=tiny", "params.pretrained=none", "params.size=128", "params.batch=8", "params.epochs=36"],
  },
  { name: "best", what: "the whole recipe of cosas-best", pipeline: recipe },
  {
    name: "lite0",
    than: "best",
    what: "EfficientNet-Lite0 in the place of Lite2",
    pipeline: recipe,
    set: ["params.encoder=efficientnet-lite0"],
  },
  {
    name: "from-scratch",
    than: "best",
    what: "without ImageNet weights",
    pipeline: recipe,
    set: ["params.pretrained=none", "params.encoderRate=1"],
  },
  {
    name: "no-stain-jitter",
    than: "best",
    what: "without jitter of stains and colours",
    pipeline: recipe,
    set: dropped("stain/hed-jitter", "stain/colour-jitter"),
  },
  {
    name: "whole-patches",
    than: "best",
    what: "whole patches resized to 256 px, and predicted so",
    pipeline: recipe,
    set: ["params.scale=256"],
  },
];
