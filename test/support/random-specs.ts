/**
 * Specs drawn from the whole space of what they can say of networks, labels, losses and data, at small and odd sizes; and
 * a spec as the oracle takes it, from the words alone. Only what is drawn at random is taken from the sources: matrices
 * E, N and M, coefficients, and U = pinv E.
 */
import { bypassNoise } from "../../src/data/bypass.ts";
import { labelCoefficients } from "../../src/data/coefficients.ts";
import { embeddingMatrix } from "../../src/data/embedding.ts";
import { mixingMatrix } from "../../src/data/mixing.ts";
import { type Matrix, transpose } from "../../src/numeric/matrix.ts";
import { pseudoinverse } from "../../src/numeric/pseudoinverse.ts";
import { parseSpec } from "../../src/spec/parse.ts";
import type { Spec } from "../../src/spec/schema.ts";
import { activationNames, type Dice, exponents } from "./random-programs.ts";
import { type Table, tableOf, type UnfoldedNetwork } from "./unfolded-network.ts";

type Fields = Readonly<Record<string, unknown>>;

/** A spec of any kind, with a batch of a few rows. */
export function randomSpec(dice: Dice): Spec {
  const isOfPairs = dice.chance(0.12);
  const features = dice.whole(2, 6);
  const findsOnes = dice.chance(0.15);
  const labels = labelFields(dice, features, isOfPairs, findsOnes);
  const model = modelFields(dice, features, isOfPairs, findsOnes || isLearned(labels.mixing), findsOnes);
  return parseSpec({
    seed: dice.whole(0, 1000),
    model,
    data: dataFields(dice, features),
    labels,
    loss: {
      exponent: dice.oneOf(exponents),
      importance: importanceFields(dice, isOfPairs ? (features * (features - 1)) / 2 : features),
      onesWeight: findsOnes ? 10 : 1,
      l1: dice.chance(0.3) ? 0.25 : 0,
    },
    training: { batch: dice.whole(1, 8) },
  });
}

const isLearned = (group: Fields): boolean => group.scale === "learned";

function modelFields(
  dice: Dice,
  features: number,
  isOfPairs: boolean,
  isScaleFixed: boolean,
  isBare: boolean,
): Fields {
  const layers = isOfPairs ? 1 : dice.oneOf([1, 1, 2, 3]);
  const isEmbedded = !isOfPairs && dice.chance(0.4);
  const unembedding = dice.oneOf(["transpose", "pseudoinverse"]);
  const width = features + (unembedding === "transpose" ? dice.whole(-1, 3) : dice.whole(0, 3));
  const seed = dice.whole(0, 1000);
  const bias = () => dice.oneOf(["none", "fixed", "learned"]);
  const noise = {
    kind: "noise",
    std: 0.2,
    seed,
    scale: isScaleFixed ? "fixed" : dice.oneOf(["fixed", "learned"]),
  };
  const identity = { kind: "identity" };
  const none = { kind: "none" };
  return {
    features,
    layers,
    neurons: dice.whole(1, layers === 1 ? 7 : 3),
    activation: dice.oneOf(activationNames),
    output: isEmbedded || dice.chance(0.5) ? "identity" : dice.oneOf(activationNames),
    bias: { hidden: bias(), output: bias() },
    tied: !isOfPairs && dice.chance(0.3),
    embedding: isEmbedded ? { kind: "random", width, unembedding, seed } : none,
    bypass: isOfPairs || isBare ? none : dice.oneOf(isEmbedded ? [none, identity] : [none, identity, noise]),
  };
}

/** @param findsOnes whether the loss looks for labels that are exactly 1, so that nothing may be added to them */
function labelFields(dice: Dice, features: number, isOfPairs: boolean, findsOnes: boolean) {
  const none: Fields = { kind: "none" };
  if (isOfPairs) return { function: dice.oneOf(["and", "xor"]), mixing: none };
  const names = ["relu", "abs", "identity", "square"];
  const drawn = dice.oneOf(["symmetric", "asymmetric", "embedding", "embedding-published-sign", "low-rank"]);
  const seed = dice.whole(0, 1000);
  const mixing: Fields = {
    ...{ kind: drawn, seed, scale: dice.oneOf(["fixed", "learned"]) },
    ...(drawn.startsWith("embedding") ? { width: 9 } : { std: 0.3 }),
    ...(drawn === "low-rank" ? { rank: dice.whole(1, features) } : {}),
  };
  const list = { kind: "list", values: [...dice.numbers(features, 2)] };
  return {
    function: dice.oneOf(findsOnes ? names : [...names, "x-plus-relu", "relu"]),
    coefficients: dice.oneOf([none, { kind: "uniform", seed }, list]),
    mixing: findsOnes || dice.chance(0.4) ? none : mixing,
  };
}

function dataFields(dice: Dice, features: number): Fields {
  const values = dice.oneOf(["symmetric", "symmetric", "positive", "sign", "binary"]);
  const kind = dice.oneOf(["bernoulli", "list", "exactly", "correlated", "anticorrelated", "synced"]);
  const members = Array.from({ length: features }, (_, i) => i);
  switch (kind) {
    case "bernoulli":
      return { kind, p: dice.oneOf([0.3, 0.6, 1]), values };
    case "list":
      return { kind: "bernoulli", p: members.map(() => dice.oneOf([0.2, 0.5, 1])), values };
    case "exactly":
      return { kind, k: dice.whole(1, features), values };
    default:
      return { kind, groups: [members.slice(0, dice.whole(2, features))], p: 0.5, values };
  }
}

function importanceFields(dice: Dice, outputs: number): Fields {
  return dice.oneOf([
    { kind: "uniform" },
    { kind: "geometric", ratio: 0.7 },
    { kind: "list", values: [...dice.numbers(outputs).map(Math.abs)] },
  ]);
}

const tableOfMatrix = ({ data, shape: [rows] }: Matrix): Table => tableOf(data, rows);

/** What a spec says, for the oracle; the scale that is learned is a parameter. */
export function unfoldedSpec({ model, labels, loss }: Spec): UnfoldedNetwork {
  const { features, layers, activation, output, tied, bypass } = model;
  const E = embeddingMatrix(model);
  const M = mixingMatrix(labels.mixing, features);
  const coefficients = labelCoefficients(labels, features);
  const hasScale = "scale" in labels.mixing && labels.mixing.scale === "learned" && M !== null;
  const start = "std" in labels.mixing ? labels.mixing.std : 1;
  const pairs = labels.function === "and" || labels.function === "xor";
  const outputs = pairs ? (features * (features - 1)) / 2 : features;
  return {
    ...{ features, layers, activation, output, tied },
    neurons: layers * model.neurons,
    embedding:
      E === null
        ? null
        : {
            E: tableOfMatrix(E),
            U: tableOfMatrix(
              model.embedding.kind === "random" && model.embedding.unembedding === "transpose"
                ? transpose(E)
                : pseudoinverse(E),
            ),
          },
    bypass:
      bypass.kind === "noise"
        ? {
            noise: tableOfMatrix(bypassNoise(bypass, features)),
            scale: bypass.scale === "learned" ? "learned" : bypass.std,
          }
        : bypass.kind,
    labels: labels.function,
    coefficients: coefficients && [...coefficients],
    mixing: M !== null && !hasScale ? tableOfMatrix(M) : null,
    scaled: hasScale ? tableOfMatrix(M).map((row) => row.map((value) => value / start)) : null,
    loss: {
      exponent: loss.exponent,
      importance: Float64Array.from({ length: outputs }, (_, i) => importanceOf(loss.importance, i)),
      onesWeight: loss.onesWeight,
      l1: loss.l1,
    },
  };
}

function importanceOf(importance: Spec["loss"]["importance"], i: number): number {
  if (importance.kind === "uniform") return 1;
  return importance.kind === "list" ? importance.values[i]! : importance.ratio ** i;
}
