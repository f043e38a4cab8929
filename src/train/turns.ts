/** Turns of the host: signals, messages and drawing happen between them, so a long computation has to let them in. */

export interface Turns {
  /** Waits for the next turn. A message costs some 10 µs, where a timer would cost a millisecond. */
  next(): Promise<void>;
  /** Must be called in the end: the channel would keep Node running. */
  close(): void;
}

export function hostTurns(): Turns {
  // Node hands out up to a thousand messages before it looks at signals; an immediate waits for its next turn.
  if (typeof setImmediate === "function") {
    return { next: () => new Promise((resolve) => void setImmediate(resolve)), close: () => {} };
  }
  const { port1, port2 } = new MessageChannel();
  return {
    next: () =>
      new Promise((resolve) => {
        port1.onmessage = () => resolve();
        port2.postMessage(null);
      }),
    close: () => port1.close(),
  };
}
