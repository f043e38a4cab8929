/**
 * Is compressed computation computation in superposition? Every finding of Bhagat et al. 2026 (arXiv 2606.14673) about
 * the network of Braun et al. 2025 (arXiv 2501.14926), and the split of the loss that explains them.
 */
import type { Study } from "../study.ts";
import { claimsOf } from "./claims.ts";
import { plan } from "./plan.ts";
import { sectionsOf } from "./sections.ts";
import { overview } from "./split-figure.ts";
import { answer } from "./story.ts";

/** `compressed-computation` */
export const compressedComputation: Study = {
  name: "compressed-computation",
  title: "Compressed computation: 100 ReLUs from 50 neurons?",
  question: "Does a network of 50 neurons that beats 50 exact ReLUs compute in superposition?",
  sources: [
    "Bhagat, Molas-Medina, Giglemiani & Heimersheim 2026, *Compressed Computation is (probably) not Computation in Superposition*, [arXiv 2606.14673](https://arxiv.org/abs/2606.14673)",
    "Braun et al. 2025, *Attribution-based Parameter Decomposition*, [arXiv 2501.14926](https://arxiv.org/abs/2501.14926)",
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
