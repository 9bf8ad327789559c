import { broken } from "./checklist.js";

/** Runs something that must draw from its `rng` alone: `Math.random` ends the test meanwhile. */
export function withoutMathRandom<Result>(run: () => Result): Result {
  const { random } = Math;
  Math.random = () =>
    broken(
      "random numbers of the rng that comes in",
      "a call of Math.random",
      "Draw from the rng that comes in: rng.uniform(), rng.between(low, high), rng.normal(), rng.chance(p).",
    );
  try {
    return run();
  } finally {
    Math.random = random;
  }
}
