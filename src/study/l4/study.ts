/**
 * Does a network trained with fourth powers compute in superposition? Every finding of da Silva & Heimersheim 2026
 * (arXiv 2607.04800), and the bounds that say how much there was to be found.
 */
import type { Study } from "../study.ts";
import { claimsOf } from "./claims.ts";
import { plan } from "./plan.ts";
import { sectionsOf } from "./sections.ts";
import { answer, overview } from "./story.ts";

/** `l4` */
export const fourthPower: Study = {
  name: "l4",
  title: "Fourth powers: 100 ReLUs from 50 neurons, by a code",
  question:
    "Does a network of 50 neurons trained with the fourth power of the error compute in superposition?",
  sources: [
    "da Silva & Heimersheim 2026, *Compressed Computation under L⁴ Loss is likely Computation in Superposition*, [arXiv 2607.04800](https://arxiv.org/abs/2607.04800)",
    "Bhagat, Molas-Medina, Giglemiani & Heimersheim 2026, *Compressed Computation is (probably) not Computation in Superposition*, [arXiv 2606.14673](https://arxiv.org/abs/2606.14673)",
    "Hänni et al. 2024, *Mathematical Models of Computation in Superposition*, [arXiv 2408.05451](https://arxiv.org/abs/2408.05451)",
  ],
  plan,
  conclude: (results, mode) => {
    const claims = claimsOf(results, mode);
    return {
      answer: answer(results),
      table: overview(results),
      claims,
      sections: sectionsOf(results, claims, mode),
    };
  },
};
