import { Cron } from "croner";

/**
 * Why Kubernetes would refuse a schedule, or `undefined`. The parser also knows seconds and the signs `L W # ?`,
 * which Kubernetes does not.
 */
export function cronProblem(schedule: string): string | undefined {
  const fix = 'use five fields: minute hour day month weekday, e.g. "*/5 * * * *"';
  if (schedule.trim().split(/\s+/).length !== 5 || /[LW#?]/.test(schedule.replace(/[A-Z]{3}/g, ""))) return fix;
  try {
    new Cron(schedule, { paused: true, mode: "5-part" });
    return undefined;
  } catch {
    return fix;
  }
}

/** Whether the name is an IANA time zone that this Node's tables know. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return /^(UTC|[A-Z][A-Za-z_]+\/[A-Za-z_+\-/0-9]+)$/.test(name);
  } catch {
    return false;
  }
}
