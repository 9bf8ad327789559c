/** Calls a second of `run`: at least three calls, and at least a quarter of a second of them. */
export async function ratePerSecond(run: (call: number) => unknown): Promise<number> {
  await run(0);
  const start = performance.now();
  let calls = 0;
  let seconds = 0;
  while (calls < 3 || seconds < 0.25) {
    calls++;
    await run(calls);
    seconds = (performance.now() - start) / 1000;
  }
  return calls / seconds;
}
