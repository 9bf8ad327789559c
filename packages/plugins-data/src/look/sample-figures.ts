import { IGNORED, type Mask, type RgbImage } from "@eosin/plugin-api/imaging";
import { AreaMeans } from "./area-means.js";
import { pixelDigest } from "./pixel-digest.js";
import { cellMeans, type ThumbnailCells, thumbnailCells } from "./thumbnail-cells.js";

/** Side of the thumbnail that pictures are compared by, whatever their shape. */
export const densitySide = 32;

/** Of the thumbnail's values for an optical density of 1. */
const densityUnit = 100;

/** Longest side of the thumbnail for the page, in pixels; smaller pictures keep their size. */
export const thumbnailSide = 96;

/** What a picture and its mask come to, in plain numbers. */
export interface SampleFigures {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Share of the mask's pixels that are tumour, 0…1, of those that count; absent where there is no mask, or none counts. */
  readonly foreground?: number;
  /** Share of the mask's pixels that are ignored, 0…1; absent where none is. */
  readonly ignored?: number;
  /** Mean of red, green and blue, 0…255. */
  readonly mean: readonly [red: number, green: number, blue: number];
  /** Standard deviation of grey (ITU-R 601), 0…127.5. */
  readonly contrast: number;
  /**
   * Variance of the Laplacian of grey (4 neighbours, pixels at the border left out): small where a picture is out of
   * focus (Pech-Pacheco 2000), and where little is in it. A mean over pixels, so that it does not grow with the size.
   */
  readonly sharpness: number;
  /** Of width, height and pixels, 64 bits in hexadecimal: equal in identical pictures. */
  readonly pixels: string;
}

/** Small pictures of a sample. */
export interface SampleThumbnails {
  /**
   * Area means of grey's optical density, in hundredths, {@link densitySide} × {@link densitySide}: what pictures are
   * compared by. A brighter copy of a picture has lost what was pale, and densities weigh that little.
   */
  readonly density: Uint8Array;
  /** The picture, its longest side {@link thumbnailSide} at most. */
  readonly image: RgbImage;
  /** Of the same size: 1 where at least half of what a pixel stands for is tumour. */
  readonly mask?: Mask;
}

export type SampleMeasurer = (image: RgbImage, mask?: Mask) => { figures: SampleFigures; thumbnails: SampleThumbnails };

/**
 * Measures samples in one pass over their pixels. Keeps what a size of picture needs for the next of that size; apart
 * from the results nothing is allocated then.
 */
export function createSampleMeasurer(): SampleMeasurer {
  let room = createRoom(1, 1);
  return (image, mask) => {
    if (room.width !== image.width || room.height !== image.height) room = createRoom(image.width, image.height);
    return measure(image, mask, room);
  };
}

type Room = ReturnType<typeof createRoom>;

function createRoom(width: number, height: number) {
  const cells = thumbnailCells(width, height, thumbnailSide);
  return {
    width,
    height,
    cells,
    density: new AreaMeans(width, height, densitySide, densitySide),
    densities: new Uint8Array(width),
    /** Of the rows of a row of cells so far, by column: of red, green and blue, and of the mask. */
    colourColumns: new Uint32Array(width * 3),
    tumourColumns: new Uint32Array(width),
    /** By cell. */
    colours: new Float64Array(cells.width * cells.height * 3),
    tumour: new Float64Array(cells.width * cells.height),
    /** The last three rows of grey, in turn. */
    rows: [new Uint8Array(width), new Uint8Array(width), new Uint8Array(width)],
    moments: new Float64Array(2),
    laplacian: new Float64Array(2),
  };
}

function measure(image: RgbImage, mask: Mask | undefined, room: Room): ReturnType<SampleMeasurer> {
  const { width, height } = image;
  const { cells, rows, moments, laplacian } = room;
  moments.fill(0);
  laplacian.fill(0);
  room.density.begin();
  const ignores = mask?.data.includes(IGNORED);
  let ignored = 0;
  for (let y = 0; y < height; y++) {
    const grey = rows[y % 3];
    addColours(image.data, y * width * 3, room, grey);
    room.density.addRow(room.densities);
    if (mask && ignores) ignored += addLabels(mask.data, y * width, room.tumourColumns);
    else if (mask) addTumour(mask.data, y * width, room.tumourColumns);
    if (y >= 2) addLaplacian(rows[(y - 2) % 3], rows[(y - 1) % 3], grey, laplacian);
    if (y + 1 < cells.rows[cells.rowOf[y] + 1]) continue;
    foldColours(room.colourColumns, cells, room.colours, cells.rowOf[y]);
    if (mask) foldTumour(room.tumourColumns, cells, room.tumour, cells.rowOf[y]);
  }
  const pixels = width * height;
  const figures: SampleFigures = {
    width,
    height,
    ...(mask && ignored < pixels && { foreground: total(room.tumour, 0, 1) / (pixels - ignored) }),
    ...(ignored > 0 && { ignored: ignored / pixels }),
    mean: [total(room.colours, 0, 3) / pixels, total(room.colours, 1, 3) / pixels, total(room.colours, 2, 3) / pixels],
    contrast: Math.sqrt(variance(moments, pixels)),
    sharpness: variance(laplacian, Math.max(0, width - 2) * Math.max(0, height - 2)),
    pixels: pixelDigest(image),
  };
  return { figures, thumbnails: thumbnailsOf(room, mask !== undefined) };
}

const densityOf = Uint8Array.from({ length: 256 }, (_, v) =>
  Math.min(255, Math.round(-densityUnit * Math.log((v + 1) / 256))),
);

/** Sum and sum of squares. Fields of an object that outgrow small integers would have the code compiled again and again. */
type Moments = Float64Array;

/**
 * The row at `from`: its colours to the columns, its grey (ITU-R 601, as Pillow rounds it) to the moments; writes grey
 * and densities.
 */
function addColours(
  data: Uint8Array,
  from: number,
  { width, colourColumns, densities, moments }: Room,
  grey: Uint8Array,
): void {
  let sum = 0;
  let squares = 0;
  for (let x = 0, to = 0, at = from; x < width; x++, to += 3, at += 3) {
    const r = data[at];
    const g = data[at + 1];
    const b = data[at + 2];
    colourColumns[to] += r;
    colourColumns[to + 1] += g;
    colourColumns[to + 2] += b;
    const value = (r * 19595 + g * 38470 + b * 7471 + 0x8000) >> 16;
    grey[x] = value;
    densities[x] = densityOf[value];
    sum += value;
    squares += value * value;
  }
  moments[0] += sum;
  moments[1] += squares;
}

function addTumour(data: Uint8Array, from: number, columns: Uint32Array): void {
  for (let x = 0; x < columns.length; x++) columns[x] += data[from + x];
}

/** The same of a mask with ignored pixels. @returns How many of the row. */
function addLabels(data: Uint8Array, from: number, columns: Uint32Array): number {
  let ignored = 0;
  for (let x = 0; x < columns.length; x++) {
    if (data[from + x] === IGNORED) ignored++;
    else columns[x] += data[from + x];
  }
  return ignored;
}

/** Sums columns of red, green and blue to the cells of a row, and empties them. */
function foldColours(sums: Uint32Array, { width, columns }: ThumbnailCells, out: Float64Array, row: number): void {
  let to = row * width * 3;
  let at = 0;
  for (let cell = 0; cell < width; cell++, to += 3) {
    let red = 0;
    let green = 0;
    let blue = 0;
    for (const end = columns[cell + 1] * 3; at < end; at += 3) {
      red += sums[at];
      green += sums[at + 1];
      blue += sums[at + 2];
    }
    out[to] = red;
    out[to + 1] = green;
    out[to + 2] = blue;
  }
  sums.fill(0);
}

/** The same of the mask. */
function foldTumour(sums: Uint32Array, { width, columns }: ThumbnailCells, out: Float64Array, row: number): void {
  for (let cell = 0, to = row * width, at = 0; cell < width; cell++, to++) {
    let sum = 0;
    for (const end = columns[cell + 1]; at < end; at++) sum += sums[at];
    out[to] = sum;
  }
  sums.fill(0);
}

function addLaplacian(above: Uint8Array, row: Uint8Array, below: Uint8Array, moments: Moments): void {
  let sum = 0;
  let squares = 0;
  let left = row[0];
  let middle = row[1];
  for (let x = 1; x < row.length - 1; x++) {
    const right = row[x + 1];
    const value = above[x] + below[x] + left + right - 4 * middle;
    left = middle;
    middle = right;
    sum += value;
    squares += value * value;
  }
  moments[0] += sum;
  moments[1] += squares;
}

/** Sums are whole numbers, exact up to 10 ^ 9 pixels. */
function variance([sum, squares]: Moments, count: number): number {
  if (count === 0) return 0;
  const mean = sum / count;
  return Math.max(0, squares / count - mean * mean);
}

/** Of one channel of several. */
function total(sums: Float64Array, channel: number, channels: number): number {
  let sum = 0;
  for (let i = channel; i < sums.length; i += channels) sum += sums[i];
  return sum;
}

function thumbnailsOf({ density, cells, colours, tumour }: Room, hasMask: boolean): SampleThumbnails {
  const size = { width: cells.width, height: cells.height };
  return {
    density: density.rounded(),
    image: { ...size, data: cellMeans(cells, colours, 3) },
    ...(hasMask && { mask: { ...size, data: cellMeans(cells, tumour, 1) } }),
  };
}
