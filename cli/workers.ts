/** Where the module of the worker threads is. */

/** The built one, also when the command runs from source: Node 20 cannot load TypeScript in a thread. */
export const trainWorker = new URL(
  import.meta.url.endsWith(".ts") ? "../dist/cli/train-worker.js" : "./train-worker.js",
  import.meta.url,
);
