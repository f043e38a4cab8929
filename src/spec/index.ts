/** What an experiment is: plain data, its schema, presets, overrides and ids. */
export { SpecError, type SpecIssue } from "./error.ts";
export { canonicalJson, type FileHashes, numericsVersion, runId, runIdentity } from "./identity.ts";
export { specJsonSchema } from "./json-schema.ts";
export { memoryEstimate, memoryLimit } from "./memory.ts";
export { nearest } from "./near.ts";
export { type ParseOptions, parseSpec } from "./parse.ts";
export { type Preset, preset, presetSource, presets } from "./presets.ts";
export { type Spec, specSchema, specVersion } from "./schema.ts";
export { sha256 } from "./sha256.ts";
export { hiddenNeurons, outputCount } from "./sizes.ts";
export { trainingSteps } from "./training-steps.ts";
