/** A symmetric 3×3 matrix by rows. */
export type Symmetric3 = readonly [
  readonly [number, number, number],
  readonly [number, number, number],
  readonly [number, number, number],
];

export interface EigenPair {
  readonly value: number;
  /** Of unit length. */
  readonly vector: readonly [number, number, number];
}

/** All eigenpairs by cyclic Jacobi rotations, largest value first. */
export function symmetricEigen(matrix: Symmetric3): readonly [EigenPair, EigenPair, EigenPair] {
  const a = matrix.map((row) => [...row]);
  const v = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ];
  for (let sweep = 0; sweep < 64; sweep++) {
    const off = Math.abs(a[0][1]) + Math.abs(a[0][2]) + Math.abs(a[1][2]);
    if (off === 0) break;
    for (const [p, q] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ]) {
      rotate(a, v, p, q);
    }
  }
  const pairs = [0, 1, 2].map((k): EigenPair => ({ value: a[k][k], vector: [v[0][k], v[1][k], v[2][k]] }));
  pairs.sort((x, y) => y.value - x.value);
  return [pairs[0], pairs[1], pairs[2]];
}

/** The rotation in the plane (p, q) that makes a[p][q] zero; `v` gathers the rotations. */
function rotate(a: number[][], v: number[][], p: number, q: number): void {
  if (a[p][q] === 0) return;
  const theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  for (let k = 0; k < 3; k++) {
    const akp = a[k][p];
    const akq = a[k][q];
    a[k][p] = cosine * akp - sine * akq;
    a[k][q] = sine * akp + cosine * akq;
  }
  for (let k = 0; k < 3; k++) {
    const apk = a[p][k];
    const aqk = a[q][k];
    a[p][k] = cosine * apk - sine * aqk;
    a[q][k] = sine * apk + cosine * aqk;
    const vkp = v[k][p];
    const vkq = v[k][q];
    v[k][p] = cosine * vkp - sine * vkq;
    v[k][q] = sine * vkp + cosine * vkq;
  }
  a[p][q] = 0;
  a[q][p] = 0;
}
