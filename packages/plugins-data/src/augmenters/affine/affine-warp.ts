import type { CropWindow } from "@eosin/plugin-api/imaging";
import type { Warp } from "../warp/warp-sample.js";
import type { AffineChange } from "./draw-affine.js";

/** x' = xx·x + xy·y + x0, y' = yx·x + yy·y + y0. */
export interface AffineMap {
  readonly xx: number;
  readonly xy: number;
  readonly x0: number;
  readonly yx: number;
  readonly yy: number;
  readonly y0: number;
}

/** The kernels' coordinates are in 65536ths of a pixel. */
const FINE = 65536;

/** From a window's pixels to the pixels of the picture that they come from; the window's middle is what stays. */
export function sourceMap(change: AffineChange, { x, y, width, height }: CropWindow): AffineMap {
  const { scaleX, scaleY, angle } = change;
  const [leanX, leanY] = [Math.tan(change.shearX), Math.tan(change.shearY)];
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  // Turn · lean · scale, with y downwards: counter-clockwise takes x to (cos, −sin).
  const a = (cosine + sine * leanY) * scaleX;
  const b = (cosine * leanX + sine) * scaleY;
  const c = (cosine * leanY - sine) * scaleX;
  const d = (cosine - sine * leanX) * scaleY;
  const determinant = a * d - b * c;
  const [xx, xy, yx, yy] = [d / determinant, -b / determinant, -c / determinant, a / determinant];
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
  const [fromX, fromY] = [middleX + change.shiftX * width, middleY + change.shiftY * height];
  return {
    xx,
    xy,
    x0: x + middleX - xx * fromX - xy * fromY,
    yx,
    yy,
    y0: y + middleY - yx * fromX - yy * fromY,
  };
}

export function affineWarp(change: AffineChange, window: CropWindow): Warp {
  const { xx, xy, x0, yx, yy, y0 } = sourceMap(change, window);
  const { width, height } = window;
  const [right, bottom] = [width - 1, height - 1];
  return {
    width,
    height,
    bounds: {
      left: x0 + Math.min(0, xx * right) + Math.min(0, xy * bottom),
      right: x0 + Math.max(0, xx * right) + Math.max(0, xy * bottom),
      top: y0 + Math.min(0, yx * right) + Math.min(0, yy * bottom),
      bottom: y0 + Math.max(0, yx * right) + Math.max(0, yy * bottom),
    },
    bytes: 0,
    writeRow({ run }, y, xs, ys) {
      run.affineRow(xs, ys, width, FINE * (x0 + xy * y), FINE * (y0 + yy * y), FINE * xx, FINE * yx);
    },
  };
}
