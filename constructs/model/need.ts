import type { Need } from "./workload";

/** A need that is said by a name alone, as the whole of it. */
export const needOf = (given: string | Need): Need => (typeof given === "string" ? { to: given } : given);
