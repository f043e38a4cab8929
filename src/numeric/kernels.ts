/**
 * The compiled linear algebra with a memory of its own. A workspace lives as long as one decomposition: its memory
 * is freed with it, and nothing is shared between calls.
 */
import { base64 } from "../wasm/linear-algebra.generated.ts";
import { compileKernels, ensureMemory } from "../wasm/load.ts";

const module = compileKernels(base64);

/** The functions of src/wasm/assembly/linear-algebra/index.ts; every argument is a byte address or a count. */
interface Kernels {
  readonly memory: WebAssembly.Memory;
  heapStart(): number;
  symmetricEigen(
    a: number,
    stride: number,
    n: number,
    values: number,
    vectors: number,
    spare: number,
    work: number,
    sweeps: number,
  ): number;
  singularValues(
    a: number,
    stride: number,
    n: number,
    spare: number,
    values: number,
    left: number,
    right: number,
    work: number,
    leftSweeps: number,
    rightSweeps: number,
  ): number;
  multiply(c: number, a: number, b: number, rows: number, inner: number, stride: number, panel: number): void;
  factor(
    panels: number,
    rows: number,
    columns: number,
    reflectors: number,
    stride: number,
    tau: number,
  ): void;
  applyReflectors(
    panels: number,
    panelCount: number,
    rows: number,
    reflectors: number,
    stride: number,
    offset: number,
    count: number,
    tau: number,
    isTriangular: boolean,
  ): void;
}

/** Kernels and their memory. Addresses are bytes. */
export interface Workspace {
  readonly kernels: Kernels;
  /** Reserves zeroed room for `count` float64, aligned to 16 bytes. */
  allocate(count: number): number;
  /** A view of `count` float64; invalid after the next `allocate`. */
  view(address: number, count: number): Float64Array<ArrayBuffer>;
  /** A record of rotations for matrices of size n; see `Sweeps` in rotations.ts. */
  allocateSweeps(n: number): number;
}

/** A workspace with nothing allocated. */
export function openWorkspace(): Workspace {
  const kernels = new WebAssembly.Instance(module).exports as unknown as Kernels;
  let free = kernels.heapStart();
  const allocate = (count: number): number => {
    const address = free;
    free += 16 * Math.ceil(count / 2);
    ensureMemory(kernels.memory, free);
    return address;
  };
  const view = (address: number, count: number) =>
    new Float64Array(kernels.memory.buffer as ArrayBuffer, address, count);
  return { kernels, allocate, view, allocateSweeps: (n) => allocateSweeps(n, kernels, allocate) };
}

/** Rotations recorded before they are applied: at most 512 KiB, which stay in the second-level cache. */
const rotationCapacity = 32768;
const sweepCapacity = 4096;

function allocateSweeps(n: number, kernels: Kernels, allocate: (count: number) => number): number {
  const capacity = Math.max(n, Math.min(rotationCapacity, 4 * n * n));
  const log = allocate(8);
  const pairs = allocate(2 * capacity);
  const headers = allocate(sweepCapacity);
  // The fields of `Sweeps`, 32 bits each: panels, panelCount, rows, pairs, capacity, used, headers, sweepCapacity, sweeps.
  new Uint32Array(kernels.memory.buffer, log, 9).set([
    0,
    0,
    0,
    pairs,
    capacity,
    0,
    headers,
    sweepCapacity,
    0,
  ]);
  return log;
}
