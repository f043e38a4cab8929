/** File formats: bytes ↔ plain records, without meaning. Runs in Node, workers and browsers. */
export { readCsv } from "./csv.ts";
export { FormatError } from "./errors.ts";
export { readNpy, writeNpy } from "./npy.ts";
export { defaultMaximumBytes, readNpz, writeNpz } from "./npz.ts";
export { type PalettePicture, writePng } from "./png.ts";
export { readPt } from "./pt.ts";
export { writePt } from "./pt-write.ts";
export { readSafetensors, type Safetensors, writeSafetensors } from "./safetensors.ts";
export type { ElementArrays, ElementType, Tensor } from "./tensor.ts";
export { type ScalarEvent, writeEventFile } from "./tensorboard.ts";
