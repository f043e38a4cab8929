// AdamW (Loshchilov & Hutter 2019, Algorithm 2), without decay Adam (Kingma & Ba 2015, Algorithm 1), and gradient descent
// with momentum.
import { firstMoment, gradients, trainedBytes, parameters, secondMoment } from "./memory";

// Moments below these leave denormals behind, which cost a hundred cycles each. √1e-36 is ten orders below ε.
const SMALLEST_FIRST: f32 = 1e-30;
const SMALLEST_SECOND: f32 = 1e-36;

/**
 * One update of all parameters. `rate` = lr/(1−β1^t), `root` = 1/√(1−β2^t), `keep` = 1 − lr·λ.
 */
export function adam(rate: f32, root: f32, beta1: f32, beta2: f32, epsilon: f32, keep: f32): void {
  const rate4 = f32x4.splat(rate);
  const root4 = f32x4.splat(root);
  const beta1s = f32x4.splat(beta1);
  const beta2s = f32x4.splat(beta2);
  const rest1 = f32x4.splat(f32(1) - beta1);
  const rest2 = f32x4.splat(f32(1) - beta2);
  const epsilon4 = f32x4.splat(epsilon);
  const keep4 = f32x4.splat(keep);
  for (let at: usize = 0; at < trainedBytes; at += 16) {
    const w = v128.load(parameters + at);
    const g = v128.load(gradients + at);
    let m = f32x4.add(f32x4.mul(beta1s, v128.load(firstMoment + at)), f32x4.mul(rest1, g));
    let v = f32x4.add(f32x4.mul(beta2s, v128.load(secondMoment + at)), f32x4.mul(rest2, f32x4.mul(g, g)));
    m = v128.and(m, f32x4.ge(f32x4.abs(m), f32x4.splat(SMALLEST_FIRST)));
    v = v128.and(v, f32x4.ge(v, f32x4.splat(SMALLEST_SECOND)));
    v128.store(firstMoment + at, m);
    v128.store(secondMoment + at, v);
    const scaled = f32x4.add(f32x4.mul(f32x4.sqrt(v), root4), epsilon4);
    v128.store(parameters + at, f32x4.sub(f32x4.mul(keep4, w), f32x4.div(f32x4.mul(rate4, m), scaled)));
  }
}

/** One update of all parameters by v ← μ v + g, w ← keep w − lr v; v is held in the first moments. */
export function sgd(rate: f32, momentum: f32, keep: f32): void {
  const rate4 = f32x4.splat(rate);
  const momentum4 = f32x4.splat(momentum);
  const keep4 = f32x4.splat(keep);
  for (let at: usize = 0; at < trainedBytes; at += 16) {
    let v = f32x4.add(f32x4.mul(momentum4, v128.load(firstMoment + at)), v128.load(gradients + at));
    v = v128.and(v, f32x4.ge(f32x4.abs(v), f32x4.splat(SMALLEST_FIRST)));
    v128.store(firstMoment + at, v);
    const w = f32x4.mul(keep4, v128.load(parameters + at));
    v128.store(parameters + at, f32x4.sub(w, f32x4.mul(rate4, v)));
  }
}
