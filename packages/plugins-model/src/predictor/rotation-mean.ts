import { type ImageStack, rotatedStack, rotateInto } from "./rotate.js";

/** The mean of maps that were predicted from turned images, each turned back. */
export class RotationMean {
  readonly stack: ImageStack;
  readonly mean: Float32Array;
  readonly #back: Float32Array;
  readonly #share: number;

  constructor(stack: ImageStack, rotations: number) {
    this.stack = stack;
    const size = stack.count * stack.height * stack.width * stack.channels;
    this.mean = new Float32Array(size);
    this.#back = new Float32Array(size);
    this.#share = 1 / rotations;
  }

  add(map: Float32Array, turns: number): void {
    const upright = rotateInto(map, this.#back, rotatedStack(this.stack, turns), (4 - turns) % 4);
    for (let i = 0; i < upright.length; i++) this.mean[i] += this.#share * upright[i];
  }
}
