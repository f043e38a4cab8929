/**
 * The names of a foreign file's tensors: what checkpoints and wrappers put before them is left out, and they are shown
 * so that a hostile name cannot write to a terminal.
 */
import { showValue } from "../formats/errors.ts";
import type { Tensor } from "../formats/tensor.ts";
import { nearest } from "../spec/near.ts";
import { StoreError } from "./errors.ts";

/** The tensors of a file by name; names come from the file, so look them up with `Object.hasOwn`. */
export type Tensors = Readonly<Record<string, Tensor>>;

/** `{ state_dict: … }` and its like of checkpoints, `module.` of DataParallel, `_orig_mod.` of torch.compile. */
const wrappers = /^(?:(?:state_dict|model_state_dict|model|module|_orig_mod)\.)+(?=.)/;
const shownTensors = 20;
const longestPlain = 80;

const withoutWrappers = (name: string): string => name.replace(wrappers, "");

/** The tensors without the wrappers' names; where two would become one, both keep their whole names. */
export function unwrapped(tensors: Tensors): Tensors {
  const uses = new Map<string, number>();
  for (const name of Object.keys(tensors).map(withoutWrappers)) uses.set(name, (uses.get(name) ?? 0) + 1);
  const renamed = Object.entries(tensors).map(([name, tensor]) => {
    const short = withoutWrappers(name);
    return [uses.get(short) === 1 ? short : name, tensor] as const;
  });
  return Object.fromEntries(renamed);
}

/** A tensor as somebody wrote it: its name with or without wrappers, with `.T` behind it for its transpose. */
export interface Source {
  readonly name: string;
  readonly isTransposed: boolean;
}

/** The tensor that `text` means. @throws StoreError when there is none, listing what there is. */
export function sourceOf(tensors: Tensors, text: string, path: string): Source {
  const found = (name: string) =>
    [name, withoutWrappers(name)].find((candidate) => Object.hasOwn(tensors, candidate));
  const name = found(text);
  if (name !== undefined) return { name, isTransposed: false };
  const base = text.endsWith(".T") ? found(text.slice(0, -2)) : undefined;
  if (base !== undefined) return { name: base, isTransposed: true };
  const near = nearest(text, Object.keys(tensors));
  const mend = near === null ? "Name one of these." : `Did you mean ${shownName(near)}?`;
  throw new StoreError(`${path}: need a tensor ${shownName(text)}, got ${listedTensors(tensors)}. ${mend}`);
}

/** A source as it is written in `--map`. */
export const sourceText = ({ name, isTransposed }: Source): string => name + (isTransposed ? ".T" : "");

/** Whether a tensor belongs to an optimiser, whose moments have the shapes of the weights. */
export const isOfOptimiser = (name: string): boolean => /^optim/i.test(name);

/** The first tensors with their shapes, those of an optimiser last. */
export function listedTensors(tensors: Tensors): string {
  const names = Object.keys(tensors);
  const sorted = [...names.filter((name) => !isOfOptimiser(name)), ...names.filter(isOfOptimiser)];
  if (sorted.length === 0) return "none";
  const shown = sorted
    .slice(0, shownTensors)
    .map((name) => `${shownName(name)} ${shapeText(tensors[name]!.shape)}`);
  const more = sorted.length - shown.length;
  return shown.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** A name as it is when it is plain, else in quotes, shortened and without control characters. */
export function shownName(name: string): string {
  return isPlain(name) ? name : showValue(name);
}

/** Whether a name can be shown and typed as it is. */
export const isPlain = (name: string): boolean =>
  name.length <= longestPlain && /^[\p{L}\p{N}\p{P}\p{S} ]+$/u.test(name);

/** A shape as `[2, 3]`, cut off when it is long. */
export function shapeText(shape: readonly number[]): string {
  return `[${shape.slice(0, 8).join(", ")}${shape.length > 8 ? ", …" : ""}]`;
}
