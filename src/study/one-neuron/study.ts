/** The noisy residual stream at its smallest: can one neuron gain by the noise, and is that computing? */
import { judgeAll } from "../open-claim.ts";
import type { Study } from "../study.ts";
import { claimsOf } from "./claims.ts";
import { measures, plan, studyName } from "./plan.ts";
import { answer, overview, sectionsOf } from "./sections.ts";

/** `one-neuron` */
export const oneNeuron: Study = {
  name: studyName,
  title: "One neuron, two features: the noisy residual stream on paper",
  question: "How can one neuron gain by noise in the stream around it?",
  sources: [
    "Bhagat, Molas-Medina, Giglemiani & Heimersheim 2026, *Compressed Computation is (probably) not Computation in Superposition*, [arXiv 2606.14673](https://arxiv.org/abs/2606.14673)",
  ],
  plan,
  measures,
  conclude: (results) => {
    const claims = judgeAll(claimsOf(results), results, studyName);
    return {
      answer: answer(),
      table: overview(),
      claims,
      sections: sectionsOf(results, claims),
    };
  },
};
