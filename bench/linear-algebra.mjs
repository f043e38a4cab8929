#!/usr/bin/env node
// Times the decompositions of toy-cis/numeric beside ml-matrix, and a word of a random stream.
//
//   node bench/linear-algebra.mjs
//
// Each figure is the median of several calls after a warm-up, on the same matrix of normal numbers.
import { EigenvalueDecomposition, Matrix as MlMatrix, SingularValueDecomposition } from "ml-matrix";
import {
  combine,
  matrix,
  multiply,
  normals,
  qr,
  randomStream,
  svd,
  symmetricEigen,
  transpose,
  words,
} from "toy-cis/numeric";
import { median } from "./statistics.mjs";

const stream = randomStream(0, "bench");

function milliseconds(call, rounds) {
  call();
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    call();
    return performance.now() - start;
  });
  return median(times);
}

const show = (name, call, rounds) =>
  console.log(`${milliseconds(call, rounds).toFixed(2).padStart(10)} ms  ${name}`);

for (const { size, rounds, peers } of [
  { size: 100, rounds: 21, peers: true },
  { size: 500, rounds: 5, peers: true },
  { size: 1000, rounds: 3, peers: false },
]) {
  const a = matrix(size, size, normals(stream, size * size));
  const symmetric = combine(0.5, a, 0.5, transpose(a));
  console.log(`${size} × ${size}`);
  show("symmetricEigen, with vectors", () => symmetricEigen(symmetric), rounds);
  show("svd, with both sides", () => svd(a), rounds);
  show("qr", () => qr(a), rounds);
  show("multiply", () => multiply(a, a), rounds);
  if (!peers) continue;
  const [ml, mlSymmetric] = [a, symmetric].map(({ data }) => MlMatrix.from1DArray(size, size, data));
  show(
    "ml-matrix, symmetric eigen",
    () => new EigenvalueDecomposition(mlSymmetric, { assumeSymmetric: true }),
    3,
  );
  show("ml-matrix, svd", () => new SingularValueDecomposition(ml), 3);
}

const count = 1_000_000;
const perWord = (milliseconds(() => words(stream, count), 5) * 1e6) / count;
console.log(`${perWord.toFixed(1).padStart(10)} ns  a word of a random stream`);
