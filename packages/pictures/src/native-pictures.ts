import { setImmediate } from "node:timers/promises";

/**
 * Decoders and encoders that work on the calling thread. Their buffers are freed on the event loop, which a thread that
 * is kept busy reaches only where it is waited for: without that, every picture would stay in memory.
 */
export async function nativePictures(): Promise<typeof import("@napi-rs/image")> {
  await setImmediate();
  return import("@napi-rs/image");
}
