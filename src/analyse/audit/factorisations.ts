/** What factoring the labels reaches without any training: a network that does as well needs no code to explain it. */
import type { Problem } from "../../baseline/problem.ts";
import { complementarySnmf, snmf } from "../../baseline/semi-nmf.ts";

/** L/p of both factorisations at the problem's inputs, and for exactly one active feature. */
export interface Factorisations {
  readonly snmf: FactoredLoss;
  readonly complementarySnmf: FactoredLoss;
}

/** A factorisation's L/p. */
export interface FactoredLoss {
  readonly lossPerP: number;
  readonly exactlyOne: number;
}

const samples = 16_384;

/** Factors the labels once each, for squared error; null on clean labels, where the factors are naive's. */
export async function factorisationsOf(problem: Problem, exponent: number): Promise<Factorisations | null> {
  const { mixing, neurons, features } = problem;
  if (exponent !== 2 || mixing === null || neurons === 0 || neurons >= features) return null;
  const options = { restarts: 1, samples };
  const [plain, complementary] = [await snmf(problem, options), await complementarySnmf(problem, options)];
  return {
    snmf: { lossPerP: plain.lossPerP, exactlyOne: plain.exactlyOne.lossPerP },
    complementarySnmf: {
      lossPerP: complementary.lossPerP,
      exactlyOne: complementary.exactlyOne.lossPerP,
    },
  };
}
