const full = { width: 1500, height: 1500 };
const tails = { width: 1499, height: 1497 };
const speed = (name, method, must, reach, peers = [method]) => ({
  name,
  method,
  peers,
  unit: "MPix/s",
  must,
  reach,
  ...full,
});
const alone = (name, method, more) => ({
  name,
  method,
  peers: [],
  unit: "MPix/s",
  must: null,
  reach: null,
  ...full,
  ...more,
});

/**
 * One row each: a whole operation, the fit of the source included. `peers` are the methods of the peer that do the same
 * work; `times` calls a turn; `picture` is the mosaic unless said. `must` and `reach` are what `ours` has to get to.
 */
export const rows = [
  speed("SPCN normalisation", "spcn", 80, 120),
  speed("Macenko normalisation", "macenko", 60, 110, ["macenko", "macenko-torchstain"]),
  speed("Macenko normalisation, torchstain form", "macenko-torchstain", 60, 110),
  speed("Reinhard 8-bit", "reinhard", 90, 140),
  speed("Reinhard in real LAB", "reinhard-real", null, null),
  speed("RandStainNA LAB", "randstainna", 90, 140),
  speed("RandStainNA HSV", "randstainna-hsv", null, null),
  speed("separation augmentation", "separation-augment", 80, 120),
  speed("HED jitter", "hed-jitter", 60, 110),
  speed("colour jitter", "colour-jitter", null, null),
  speed("grey", "grey", null, null),
  {
    name: "SPCN normalisation, 352×358",
    method: "spcn",
    peers: ["spcn"],
    unit: "ms",
    must: 8,
    reach: null,
    width: 352,
    height: 358,
    times: 5,
  },
  ...["spcn", "reinhard"].flatMap((method) => {
    const title = { spcn: "SPCN normalisation", reinhard: "Reinhard 8-bit" }[method];
    return [
      alone(`${title}, almost black`, method, { picture: "black" }),
      alone(`${title}, almost white`, method, { picture: "white" }),
      alone(`${title}, 1499×1497`, method, tails),
    ];
  }),
];
