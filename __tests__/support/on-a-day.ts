/**
 * Environment of programs that are to say the same on every day: what they warn of when support ends goes by this one,
 * 2026-11-28.
 */
export const ON_A_DAY = { GOLDENPATH_TODAY: "2026-11-28" } as const;
