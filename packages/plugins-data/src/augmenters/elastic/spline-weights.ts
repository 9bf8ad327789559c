/** Of a uniform cubic B-spline's four nodes about a place. @param phase From the second node to the third, 0…1. */
export function splineWeights(phase: number): readonly [number, number, number, number] {
  const rest = 1 - phase;
  return [
    (rest * rest * rest) / 6,
    ((3 * phase - 6) * phase * phase + 4) / 6,
    ((3 * rest - 6) * rest * rest + 4) / 6,
    (phase * phase * phase) / 6,
  ];
}
