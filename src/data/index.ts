/** Where inputs and labels come from: samplers and mixing matrices. */
export { mixingMatrix } from "./mixing.ts";
export { densityOf, samplerOf } from "./sampler.ts";
