// What is compared, one change after the other. Every rung is trained without each scanner of COSAS in turn, and judged on
// the scanner that it did not see. `than`: the rung that it differs from in one thing.
const recipe = "pipelines/ablations/lite0-leave-one-scanner-out.yaml";
const dropped = (...augmenters) => [`steps.train.with.augment={ $drop: [${augmenters.join(", ")}] }`];
const gateByArea = ["steps.settings.with.gate=[0, 0.05, 0.1, 0.15]", "steps.settings.with.presence=[0]"];
const withHead = [
  "steps.train.with.network.with.imageLevelHead=true",
  "steps.train.with.loss={ uses: model/image-level-auxiliary, with: { loss: { uses: model/dice-cross-entropy } } }",
];
/** @type {readonly { name: string, what: string, pipeline: string, profile?: string, than?: string, set?: readonly string[] }[]} */
export const rungs = [
  {
    name: "paper",
    what: "the paper's recipe on a small encoder: whole patches of 128 px, mixed stain augmentation, four turns",
    pipeline: "pipelines/ablations/leave-one-scanner-out.yaml",
    profile: "mini",
    set: ["params.encoder=tiny", "params.pretrained=none", "params.size=128", "params.batch=8", "params.epochs=36"],
  },
  {
    name: "lite0-gate",
    what: "cosas-lite0 with a gate by area, and none by how sure the network is",
    pipeline: recipe,
    set: gateByArea,
  },
  {
    name: "lite2-gate",
    than: "lite0-gate",
    what: "EfficientNet-Lite2 in the place of Lite0",
    pipeline: recipe,
    set: [...gateByArea, "params.encoder=efficientnet-lite2"],
  },
  {
    name: "lite0",
    than: "lite0-gate",
    what: "cosas-lite0: a patch is free of tumour where the network's surest pixels are not sure",
    pipeline: recipe,
  },
  {
    name: "head",
    than: "lite0",
    what: "a head of the encoder's deepest feature says whether a window holds tumour",
    pipeline: recipe,
    set: withHead,
  },
  {
    name: "head-930",
    than: "head",
    what: "cosas-lite0 with a head that says whether a window holds tumour, in 930 batches",
    pipeline: recipe,
    set: [...withHead, "params.epochs=30"],
  },
  {
    name: "head-930-gates",
    than: "head-930",
    what: "head-930, and gates by area are tried beside presence",
    pipeline: recipe,
    set: [...withHead, "params.epochs=30", "steps.settings.with.gate=[0, 0.05, 0.1, 0.15, 0.2, 0.25]"],
  },
  {
    name: "best",
    than: "lite0",
    what: "cosas-best: models that were each trained without another part, averaged",
    pipeline: "pipelines/ablations/best-leave-one-scanner-out.yaml",
  },
  {
    name: "from-scratch",
    than: "lite0",
    what: "without ImageNet weights",
    pipeline: recipe,
    set: ["params.pretrained=none", "params.encoderRate=1"],
  },
  {
    name: "no-stain-jitter",
    than: "lite0",
    what: "without jitter of stains and colours",
    pipeline: recipe,
    set: dropped("stain/hed-jitter", "stain/colour-jitter"),
  },
  {
    name: "whole-patches",
    than: "lite0",
    what: "whole patches resized to 256 px, and predicted so",
    pipeline: recipe,
    set: ["params.scale=256"],
  },
];
