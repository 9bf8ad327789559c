const row = (name, method, times = 12) => ({ name, method, times, must: null });

/**
 * One row each; `method` names what both sides do, `times` the calls of a turn. `must` is what `ours` has to get to, in
 * patches a second.
 */
export const rows = [
  { ...row("nnU-Net's chain, with its probabilities", "chain", 48), must: 100 },
  { ...row("nnU-Net's chain, every part applied", "chain-all", 16), must: 100 },
  row("affine: rotation and scale", "affine"),
  row("elastic", "elastic"),
  row("noise", "noise"),
  row("blur, all channels", "blur"),
  row("brightness", "brightness"),
  row("contrast", "contrast"),
  row("low resolution, all channels", "low-resolution"),
  row("gamma", "gamma"),
  row("cut-out", "cut-out"),
  row("flip, both axes", "flip"),
  row("Fourier mixing", "fourier-mixing"),
  row("random normalisation (Reinhard)", "random-normalization"),
];
