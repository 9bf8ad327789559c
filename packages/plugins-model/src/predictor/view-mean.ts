import { type ImageStack, mirrorInto, rotatedStack, rotateInto, type View } from "./rotate.js";

/** The mean of maps that were predicted from turned or mirrored images, each brought back. */
export class ViewMean {
  readonly stack: ImageStack;
  readonly mean: Float32Array;
  readonly #back: Float32Array;
  readonly #mirrored: Float32Array;
  readonly #share: number;

  constructor(stack: ImageStack, views: number) {
    this.stack = stack;
    const size = stack.count * stack.height * stack.width * stack.channels;
    this.mean = new Float32Array(size);
    this.#back = new Float32Array(size);
    this.#mirrored = new Float32Array(size);
    this.#share = 1 / views;
  }

  add(map: Float32Array, { turns, mirrored }: View): void {
    const upright = rotateInto(map, this.#back, rotatedStack(this.stack, turns), (4 - turns) % 4);
    const back = mirrored ? mirrorInto(upright, this.#mirrored, this.stack) : upright;
    for (let i = 0; i < back.length; i++) this.mean[i] += this.#share * back[i];
  }
}
