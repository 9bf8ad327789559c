import { type ChannelStatistics, channelHistograms, statisticsOf, type Triple } from "../colour/channel-histograms.js";
import { channelTransfer, transferMap, transferMaps } from "../colour/channel-transfer.js";
import { hedToRgb, rgbToHed } from "../colour/hed.js";
import { hsvToRgb, rgbToHsv } from "../colour/hsv.js";
import { labToRgb, rgbToLab } from "../colour/lab.js";

/** A colour space in which an image's channel statistics are measured and moved. */
export interface StatisticsSpace {
  measure(rgb: Uint8Array): ChannelStatistics;
  /** @returns A new picture whose channels have these statistics, up to clipping and rounding. */
  move(rgb: Uint8Array, to: ChannelStatistics): Uint8Array;
}

const lab: StatisticsSpace = {
  measure: (rgb) => measureBytes(rgb, rgbToLab),
  move(rgb, to) {
    const data = new Uint8Array(rgb.length);
    rgbToLab(rgb, data);
    labToRgb(data, data, transferMaps(channelTransfer(statisticsOf(channelHistograms(data)), to)));
    return data;
  },
};

const hsv: StatisticsSpace = {
  measure: (rgb) => measureBytes(rgb, rgbToHsv),
  move(rgb, to) {
    const data = new Uint8Array(rgb.length);
    rgbToHsv(rgb, data);
    const transfer = channelTransfer(statisticsOf(channelHistograms(data)), to);
    const hue = hueMap(transfer.scale[0], transfer.offset[0]);
    const saturation = transferMap(transfer, 1);
    const value = transferMap(transfer, 2);
    for (let i = 0; i + 2 < data.length; i += 3) {
      data[i] = hue[data[i]];
      data[i + 1] = saturation[data[i + 1]];
      data[i + 2] = value[data[i + 2]];
    }
    hsvToRgb(data, data);
    return data;
  },
};

/** Hue is an angle: it wraps at 180, where the original clips at 255. */
function hueMap(scale: number, offset: number): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, v) => {
    const hue = Math.trunc(v * scale + offset) % 180;
    return hue < 0 ? hue + 180 : hue;
  });
}

const hed: StatisticsSpace = {
  measure(rgb) {
    const densities = new Float64Array(rgb.length);
    rgbToHed(rgb, densities);
    return measureValues(densities);
  },
  move(rgb, to) {
    const values = new Float64Array(rgb.length);
    rgbToHed(rgb, values);
    const { scale, offset } = channelTransfer(measureValues(values), to);
    for (let i = 0; i + 2 < values.length; i += 3) {
      values[i] = values[i] * scale[0] + offset[0];
      values[i + 1] = values[i + 1] * scale[1] + offset[1];
      values[i + 2] = values[i + 2] * scale[2] + offset[2];
    }
    hedToRgb(values, values);
    return stretched(values);
  },
};

export const statisticsSpaces: { readonly [space in "lab" | "hsv" | "hed"]: StatisticsSpace } = { lab, hsv, hed };

function measureBytes(rgb: Uint8Array, convert: (from: Uint8Array, to: Uint8Array) => void): ChannelStatistics {
  const converted = new Uint8Array(rgb.length);
  convert(rgb, converted);
  return statisticsOf(channelHistograms(converted));
}

function measureValues(values: Float64Array): ChannelStatistics {
  const count = values.length / 3;
  const mean: Triple = [0, 0, 0];
  const std: Triple = [0, 0, 0];
  for (let c = 0; c < 3; c++) {
    let sum = 0;
    for (let i = c; i < values.length; i += 3) sum += values[i];
    const middle = sum / count;
    let squares = 0;
    for (let i = c; i < values.length; i += 3) squares += (values[i] - middle) ** 2;
    mean[c] = middle;
    std[c] = Math.sqrt(squares / count);
  }
  return { mean, std };
}

/** The whole picture's least value becomes 0, its largest 255; a picture of one value keeps it. */
function stretched(values: Float64Array): Uint8Array {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    if (values[i] < least) least = values[i];
    if (values[i] > most) most = values[i];
  }
  const data = new Uint8Array(values.length);
  const low = most > least ? least : 0;
  const range = most > least ? most - least : 1;
  for (let i = 0; i < values.length; i++) data[i] = (255 * (values[i] - low)) / range;
  return data;
}
