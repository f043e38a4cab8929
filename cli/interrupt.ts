/** Ctrl-C and SIGTERM as an abort signal: the first asks for a stop, a second one ends the process at once. */

/** A wish to stop, heard from now until `end`; afterwards Ctrl-C ends the process as usual. */
export interface StopWish {
  readonly signal: AbortSignal;
  readonly end: () => void;
}

/** Starts to listen. */
export function listenForStop(): StopWish {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  return {
    signal: controller.signal,
    end: () => void process.off("SIGINT", onSignal).off("SIGTERM", onSignal),
  };
}
