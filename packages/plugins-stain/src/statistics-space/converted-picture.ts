import type { RgbImage } from "@eosin/plugin-api/imaging";
import type { ChannelStatistics } from "../statistics/channel-statistics.js";

/** A picture in a colour space where its channel statistics are moved. */
export interface ConvertedPicture {
  readonly statistics: ChannelStatistics;
  /** Share of its pixels that are tissue. */
  readonly tissue: number;
  /** @returns A new picture whose channels have these statistics, up to clipping and rounding. Once only. */
  move(to: ChannelStatistics): RgbImage;
}

/** @param image Not edited. */
export type Convert = (image: RgbImage) => ConvertedPicture;
