/** A value, and why it is this one: sentences without a capital that need no value to be understood. */
export interface Stated<Value> {
  readonly value: Value;
  readonly why: string;
}

export type PatchScale = number | { readonly factor: number };

/** What the pipeline of a data set says besides its data. */
export interface Recipe {
  readonly scale: Stated<PatchScale>;
  readonly window: Stated<number>;
  readonly encoder: Stated<string>;
  readonly pretrained: Stated<"imagenet" | "none">;
  readonly decoder: Stated<{ readonly outputStride: number; readonly channels: readonly number[] }>;
  readonly learningRate: Stated<number>;
  readonly encoderRate: Stated<number>;
  readonly tumour: Stated<number>;
  /** Whether domains are drawn equally often. */
  readonly balance: Stated<boolean>;
  readonly split: Stated<{
    readonly uses: string;
    readonly options: { readonly [name: string]: number | string | readonly string[] };
    readonly folds: number;
    /** Share of all patches that trains in a fold, without those that validate. */
    readonly trains: number;
  }>;
  readonly presence: Stated<readonly number[]>;
}

/** What depends on the cost of a step. */
export interface Schedule {
  readonly batch: Stated<number>;
  readonly epochs: Stated<number>;
  readonly batches: Stated<number>;
  readonly average: Stated<number>;
  /** Optimizer steps of a fold. */
  readonly steps: number;
  /** Of a fold, estimated; training alone. */
  readonly seconds: number;
}
