/** Matrices, decompositions, named random streams and statistics. */
export { assign } from "./assignment.ts";
export { type SymmetricEigen, symmetricEigen } from "./eigen.ts";
export { cos, exp, log, pow, sin } from "./elementary.ts";
export { goldenSection } from "./golden-section.ts";
export { combine, identity, type Matrix, matrix, multiply, squaredNorm, transpose } from "./matrix.ts";
export {
  distanceToSpan,
  type NearestPoint,
  orthonormalBasis,
} from "./nearest-point.ts";
export { philox4x32 } from "./philox.ts";
export { absolutePower } from "./power.ts";
export { pseudoinverse } from "./pseudoinverse.ts";
export { qr } from "./qr.ts";
export { normals, type RandomStream, randomStream, uniforms, words } from "./random.ts";
export {
  type BootstrapOptions,
  bootstrapInterval,
  coefficientOfVariation,
  confidenceInterval,
  fitLine,
  type Interval,
  type Line,
  mean,
  quantile,
  standardError,
  sum,
  variance,
} from "./statistics.ts";
export { studentQuantile } from "./student.ts";
export { type SingularValues, svd } from "./svd.ts";
