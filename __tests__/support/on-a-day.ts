/**
 * Environment of programs that are to say the same on every day: what they warn of when support ends goes by this one,
 * 2026-11-28.
 */
export const ON_A_DAY = { SOURCE_DATE_EPOCH: "1795824000" } as const;
