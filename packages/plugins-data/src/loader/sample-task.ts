import type { Logger } from "@eosin/plugin-api";
import type { Sample, SampleEntry } from "@eosin/plugin-api/imaging";
import { type BatchBuffers, writeToBatch } from "./batch-buffers.js";
import { readCached, writeCached } from "./cached-sample.js";
import type { PipelineSetup } from "./pipeline-setup.js";
import { type PreparedSample, sayRemarks } from "./remark.js";
import { buildPipeline, type SampleDraw, type SamplePipeline } from "./sample-pipeline.js";
import { preparedSize } from "./scaled-size.js";

/** One sample's worth of work; plain data and shared memory only, so that it can cross threads. */
export interface SampleTask {
  /** A {@link PipelineSetup} as JSON: threads keep the pipelines that they built by this text. */
  readonly setup: string;
  readonly entry: SampleEntry;
  readonly cache?: SharedArrayBuffer;
  /** Where the augmented sample goes; without it the prepared sample is only cached, or returned if there is no cache. */
  readonly target?: SampleDraw & { readonly batch: BatchBuffers; readonly index: number };
  /** Returns the sample with the stains that its densities tell apart, before there is a cache or a batch to lay out. */
  readonly measured?: { readonly epoch: number };
}

/** What memory is laid out by. */
export interface MeasuredSample {
  readonly prepared: PreparedSample;
  /** That the densities tell apart once the sample is augmented. */
  readonly stains: number;
}

export interface SampleTaskResult {
  /** Prepared, where the task names neither a target nor a cache. */
  readonly sample?: Sample;
  /** Where the task asks for it. */
  readonly measured?: MeasuredSample;
}

const KEPT_PIPELINES = 8;

export type SampleTaskRunner = (task: SampleTask) => Promise<SampleTaskResult>;

export function createSampleTaskRunner(log: Logger): SampleTaskRunner {
  const pipelines = new Map<string, { setup: PipelineSetup; pipeline: Promise<SamplePipeline> }>();
  const pipelineOf = (text: string) => {
    const known = pipelines.get(text);
    if (known) return known;
    if (pipelines.size === KEPT_PIPELINES) pipelines.delete(pipelines.keys().next().value as string);
    const setup = JSON.parse(text) as PipelineSetup;
    const built = { setup, pipeline: buildPipeline(setup, log) };
    pipelines.set(text, built);
    return built;
  };
  return async ({ setup: text, entry, cache, target, measured }) => {
    const { setup, pipeline: building } = pipelineOf(text);
    const pipeline = await building;
    const size = preparedSize(entry, setup);
    let prepared = cache && size && readCached(cache, entry, size);
    if (!prepared) {
      prepared = await pipeline.prepare(entry);
      if (cache) writeCached(cache, prepared);
    }
    const { sample, remarks } = prepared;
    sayRemarks(remarks, log);
    if (measured) return { measured: measure(pipeline, prepared, measured.epoch) };
    if (!target && !cache) return { sample };
    const visited = [sample.image];
    if (target) writeToBatch(target.batch, target.index, pipeline.augment(sample, target, visited));
    for (const image of visited) image.release?.();
    return {};
  };
}

function measure(pipeline: SamplePipeline, { sample, remarks }: PreparedSample, epoch: number): MeasuredSample {
  const { density } = pipeline.augment(sample, { epoch, repeat: 0, tumour: false }, []);
  // Without what takes the pixels back: they leave this thread.
  const { width, height, data } = sample.image;
  return {
    prepared: { sample: { ...sample, image: { width, height, data } }, remarks },
    stains: density?.stains ?? 0,
  };
}
