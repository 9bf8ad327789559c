export const depths = [18, 34, 50] as const;

export type Depth = (typeof depths)[number];

/** Where each stage's blocks are, and of which kind (He et al., 2016, table 1). */
export interface DepthShape {
  /** Blocks of the stages at strides 4, 8, 16 and 32. */
  readonly blocks: readonly [number, number, number, number];
  /** 1×1, 3×3, 1×1 convolutions of which the last is four times as wide; else two of 3×3. */
  readonly bottleneck: boolean;
}

export const shapes: { readonly [depth in Depth]: DepthShape } = {
  18: { blocks: [2, 2, 2, 2], bottleneck: false },
  34: { blocks: [3, 4, 6, 3], bottleneck: false },
  50: { blocks: [3, 4, 6, 3], bottleneck: true },
};
