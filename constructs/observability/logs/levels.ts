/*
 * Words and numbers for how bad a line is, as the reference application and the usual libraries write them, by the word that
 * becomes the label `level`. A fixed set: each value of a label is a stream of its own.
 */
const LEVELS: Readonly<Record<string, readonly string[]>> = {
  trace: ["trace", "10"],
  // 20 is pino's number, 100 Monolog's.
  debug: ["debug", "20", "100"],
  info: ["info", "information", "30", "200"],
  notice: ["notice", "250"],
  warning: ["warning", "warn", "40", "300"],
  error: ["error", "err", "50", "400"],
  critical: ["critical", "crit", "500"],
  alert: ["alert", "550"],
  emergency: ["emergency", "emerg", "600"],
  fatal: ["fatal", "panic", "60"],
};

/** What becomes of a level that is none of these, and of a line that says none. */
export const NO_LEVEL = "unknown";

/** The word by which each spelling is known. */
export const LEVEL_OF: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(LEVELS).flatMap(([level, spellings]) => spellings.map((spelling) => [spelling, level] as const)),
);

/** Template of Go's that makes the word of `.Value`, which may be missing. */
export const levelTemplate = (): string => {
  const pairs = Object.entries(LEVEL_OF).map(([spelling, level]) => `"${spelling}" "${level}"`);
  return `{{ get (dict ${pairs.join(" ")}) (ToLower (default "" .Value)) | default "${NO_LEVEL}" }}`;
};
