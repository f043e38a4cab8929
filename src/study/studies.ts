/** Every study by name. */
import { nearest } from "../spec/near.ts";
import { capacityStudy } from "./capacity/study.ts";
import { compressedComputation } from "./compressed-computation/study.ts";
import { exponent } from "./exponent/study.ts";
import { fourthPower } from "./l4/study.ts";
import { oneNeuron } from "./one-neuron/study.ts";
import { privilegedBasis } from "./privileged-basis/study.ts";
import { residualMlp } from "./residual-mlp/study.ts";
import type { Study } from "./study.ts";
import { tmsAbs } from "./tms-abs/study.ts";
import { tmsBasic } from "./tms-basic/study.ts";
import { tmsGeometry } from "./tms-geometry/study.ts";
import { tmsPhase } from "./tms-phase/study.ts";
import { universalAnd } from "./universal-and/study.ts";

/** The studies, in the order in which they are run. */
export const studies: readonly Study[] = [
  compressedComputation,
  fourthPower,
  exponent,
  residualMlp,
  oneNeuron,
  tmsBasic,
  tmsGeometry,
  capacityStudy,
  tmsPhase,
  tmsAbs,
  privilegedBasis,
  universalAnd,
];

/** The study of a name. @throws when there is none, with the nearest one. */
export function studyOf(name: string): Study {
  const study = studies.find((candidate) => candidate.name === name);
  if (study !== undefined) return study;
  const names = studies.map((candidate) => candidate.name);
  const near = nearest(name, names);
  const mend = near === null ? `The studies are ${names.join(", ")}.` : `Did you mean ${near}?`;
  throw new Error(`study: need the name of a study, got "${name}". ${mend}`);
}
