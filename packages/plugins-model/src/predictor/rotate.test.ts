import { expect, test } from "vitest";
import { mirrorInto, rotatedStack, rotateInto, viewsOf } from "./rotate.js";

const stack = { count: 1, height: 2, width: 3, channels: 1 };
const turned = (turns: number) => [...rotateInto(Uint8Array.of(1, 2, 3, 4, 5, 6), new Uint8Array(6), stack, turns)];

test("turns counter-clockwise, also images that are not square", () => {
  expect(turned(0)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(turned(1)).toEqual([3, 6, 2, 5, 1, 4]);
  expect(turned(2)).toEqual([6, 5, 4, 3, 2, 1]);
  expect(turned(3)).toEqual([4, 1, 5, 2, 6, 3]);
});

test("the remaining turns bring every image and channel of a stack back", () => {
  const many = { count: 2, height: 3, width: 5, channels: 2 };
  const source = Float32Array.from({ length: 60 }, (_, i) => i);
  for (let turns = 0; turns < 4; turns++) {
    const there = rotateInto(source, new Float32Array(60), many, turns);
    const back = rotateInto(there, new Float32Array(60), rotatedStack(many, turns), (4 - turns) % 4);
    expect(back).toEqual(source);
  }
});

test("mirrors left to right, every image and channel of a stack, and back", () => {
  expect([...mirrorInto(Uint8Array.of(1, 2, 3, 4, 5, 6), new Uint8Array(6), stack)]).toEqual([3, 2, 1, 6, 5, 4]);
  const many = { count: 2, height: 3, width: 5, channels: 2 };
  const source = Float32Array.from({ length: 60 }, (_, i) => i);
  const there = mirrorInto(source, new Float32Array(60), many);
  expect([...there.subarray(0, 10)]).toEqual([8, 9, 6, 7, 4, 5, 2, 3, 0, 1]);
  expect(mirrorInto(there, new Float32Array(60), many)).toEqual(source);
});

test("views are the rotations, and with flips the mirrored ones too", () => {
  const plain = [0, 1].map((turns) => ({ turns, mirrored: false }));
  expect(viewsOf([0, 90], false)).toEqual(plain);
  expect(viewsOf([0, 90], true)).toEqual([...plain, ...[0, 1].map((turns) => ({ turns, mirrored: true }))]);
});
