import type { Profile } from "../../model/environment";

/**
 * Days that logs are kept where the environment says nothing of it. Intrusions are found months later, and audits ask for
 * a year. Where nothing depends on it a quarter does.
 */
export const DEFAULT_LOG_RETENTION_DAYS = { production: 365, small: 90 } as const satisfies Record<Profile, number>;
