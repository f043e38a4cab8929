/** Can one layer compute the ANDs of all pairs of features with fewer neurons than pairs? Hänni et al. 2024. */
import { judgeAll } from "../open-claim.ts";
import type { Study } from "../study.ts";
import { claimsOf } from "./claims.ts";
import { measures } from "./measures.ts";
import { plan, studyName } from "./plan.ts";
import { answer, overview, sectionsOf } from "./sections.ts";

/** `universal-and` */
export const universalAnd: Study = {
  name: studyName,
  title: "Universal AND: every pair from random subsets",
  question: "Does one layer compute more ANDs of pairs than it has neurons?",
  sources: [
    "Hänni et al. 2024, *Mathematical Models of Computation in Superposition*, [arXiv 2408.05451](https://arxiv.org/abs/2408.05451)",
  ],
  plan,
  measures,
  conclude: (results, mode) => {
    const claims = judgeAll(claimsOf(results, mode), results, studyName);
    return {
      answer: answer(results, mode),
      table: overview(results),
      claims,
      sections: sectionsOf(results, claims, mode),
    };
  },
};
