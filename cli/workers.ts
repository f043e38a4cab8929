/** Where the modules of the worker threads are. */

/** The built one, also when the command runs from source: Node 20 cannot load TypeScript in a thread. */
const built = (name: string): URL =>
  new URL(import.meta.url.endsWith(".ts") ? `../dist/cli/${name}` : `./${name}`, import.meta.url);

/** Trains specs. */
export const trainWorker = built("train-worker.js");
/** Does the tasks of studies. */
export const taskWorker = built("task-worker.js");
