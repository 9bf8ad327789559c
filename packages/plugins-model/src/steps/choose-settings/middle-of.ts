/**
 * The medoid: whose squared distance to the mean of all is least, the first of several. Each coordinate counts by the range
 * that it spans.
 * @param points One at least. @param coordinates As many of each.
 */
export function middleOf<Point>(points: readonly Point[], coordinates: (point: Point) => readonly number[]): Point {
  const at = points.map(coordinates);
  const axes = at[0].map((_, axis) => {
    const values = at.map((each) => each[axis]);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const range = values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b));
    return { mean, range };
  });
  const distances = at.map((each) =>
    each.reduce((sum, value, axis) => {
      const { mean, range } = axes[axis];
      return range > 0 ? sum + ((value - mean) / range) ** 2 : sum;
    }, 0),
  );
  return points[distances.indexOf(distances.reduce((a, b) => Math.min(a, b)))];
}
