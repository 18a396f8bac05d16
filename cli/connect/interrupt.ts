/** Somebody who ends this program by the keyboard or by a signal. */
export interface Interrupt {
  readonly hasCome: () => boolean;
  readonly comes: Promise<unknown>;
  /** Whether the terminal was closed: nobody sees what is said from then on. */
  readonly isUnseen: () => boolean;
}

/** Waits for it, so that what is open can be closed. A second one ends the program at once. */
export function interrupt(): Interrupt {
  let came = false;
  let unseen = false;
  const comes = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.once(signal, () => {
        came = true;
        unseen = signal === "SIGHUP";
        resolve();
      });
    }
  });
  return { hasCome: () => came, comes, isUnseen: () => unseen };
}
