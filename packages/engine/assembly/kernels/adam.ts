import { loadLanes, storeLanes } from "../lanes";

/**
 * One Adam step over n weights, in place (Kingma & Ba 2015, algorithm 1), ε and weight decay where PyTorch has them.
 *
 * @param rate learning rate over the first moment's bias correction, 1 − β₁^step
 * @param correction square root of the second moment's bias correction, √(1 − β₂^step)
 * @param weightDecay added to the gradient, times the weight
 * @param shrink what the weight is multiplied by: decoupled decay (Loshchilov & Hutter 2019)
 */
export function adam(
  variable: usize, gradient: usize, first: usize, second: usize, n: i32,
  rate: f32, correction: f32, beta1: f64, beta2: f64, epsilon: f32, weightDecay: f32, shrink: f32,
): void {
  for (; n > 0; n -= 4, variable += 16, gradient += 16, first += 16, second += 16) {
    const lanes = min(4, n);
    const w = loadLanes(variable, lanes);
    const g = f32x4.add(loadLanes(gradient, lanes), f32x4.mul(f32x4.splat(weightDecay), w));
    const m = f32x4.add(
      f32x4.mul(f32x4.splat(<f32>beta1), loadLanes(first, lanes)),
      f32x4.mul(f32x4.splat(<f32>(1 - beta1)), g),
    );
    const v = f32x4.add(
      f32x4.mul(f32x4.splat(<f32>beta2), loadLanes(second, lanes)),
      f32x4.mul(f32x4.splat(<f32>(1 - beta2)), f32x4.mul(g, g)),
    );
    storeLanes(first, m, lanes);
    storeLanes(second, v, lanes);
    const root = f32x4.add(f32x4.div(f32x4.sqrt(v), f32x4.splat(correction)), f32x4.splat(epsilon));
    const shrunk = f32x4.mul(f32x4.splat(shrink), w);
    storeLanes(variable, f32x4.sub(shrunk, f32x4.div(f32x4.mul(f32x4.splat(rate), m), root)), lanes);
  }
}
