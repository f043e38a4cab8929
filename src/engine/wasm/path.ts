/** Which kernels a shape gets. The choice depends on the shape alone; docs/decisions/gram-path.md. */
import { type Architecture, type ProgramShape, plainArchitecture, squaredError } from "../shape.ts";

/** Above this share of active features dense panels beat walking the entries (measured at n=100, h=50). */
const denseFrom = 0.3;

export type KernelPath = "gram-sparse" | "gram-dense" | "general";

const isPlain = ({ activation, output, bias, tied, layers }: Architecture): boolean =>
  activation === "relu" &&
  output === "identity" &&
  bias.hidden === "none" &&
  bias.output === "none" &&
  !tied &&
  layers === 1;

/** Whether the net is one bias-free ReLU layer and its labels are relu(x) + (M + σ T) x: what Gram kernels and even errors take. */
export function isRectified({
  architecture = plainArchitecture,
  labels = "relu",
  coefficients,
}: ProgramShape): boolean {
  return isPlain(architecture) && labels === "relu" && coefficients === undefined;
}

/** The kernels of a shape. */
export function pathOf(shape: ProgramShape): KernelPath {
  const { exponent, importance, onesWeight, l1 } = shape.loss ?? squaredError;
  const isSquared = exponent === 2 && importance === null && onesWeight === 1 && l1 === 0;
  if (!isRectified(shape) || !isSquared) return "general";
  return shape.density > denseFrom ? "gram-dense" : "gram-sparse";
}

const isHomogeneous = (name: string): boolean => name === "relu" || name === "abs" || name === "identity";

/** How general kernels treat rows: those with one active feature as at most 2n, empty ones as one, or each as it is. */
export function rowsOf({
  architecture = plainArchitecture,
  loss = squaredError,
  labels = "relu",
}: ProgramShape): "collapsed" | "with-empty" | "kept" {
  const { activation, output, bias } = architecture;
  if (bias.hidden !== "none" || bias.output !== "none") return "with-empty";
  const names = [activation, output, labels];
  const isCollapsible = names.every((name) => typeof name === "string" && isHomogeneous(name));
  return isCollapsible && loss.onesWeight === 1 && loss.l1 === 0 ? "collapsed" : "kept";
}
