/**
 * A command that the kernel ends with the process that started it, however that one ended. `TERM` is for a program that
 * has processes of its own to end.
 */
export const guarded = (command: readonly string[], signal: "KILL" | "TERM" = "KILL"): readonly string[] => [
  ...["setpriv", "--pdeathsig", signal, "--"],
  ...command,
];
