/** Asks each address until it answers with a success: balancers and certificates take their time. */
export const SMOKE = { attempts: 20, pauseSeconds: 6, mostSeconds: 10 } as const;
