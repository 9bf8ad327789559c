import { setImmediate } from "node:timers/promises";

const eachMs = 20;

/**
 * For long work in short steps on one thread: waits for the next turn of the event loop where the last was a while ago,
 * so that signals and progress are heard.
 * @example
 * const breathe = createBreather();
 * for (const path of paths) {
 *   hashOf(path);
 *   await breathe();
 * }
 */
export function createBreather(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < eachMs) return;
    await setImmediate();
    last = performance.now();
  };
}
