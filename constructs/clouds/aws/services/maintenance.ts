import type { Path, Problem } from "../../../model/problem";
import { type MaintenanceWindow, type ResolvedSizing, WEEKDAYS } from "../../../model/service";

/** An hour and a half after the backup has begun, on Sunday, in UTC. */
const WINDOW = "sun:03:30-sun:04:30";

/** Hour in which the daily backup is made: see `BACKUP_WINDOW`. */
const BACKUP_HOUR = 2;

const at = (day: string, hour: number): string => `${day.slice(0, 3)}:${String(hour).padStart(2, "0")}:00`;

/** `tue:04:00-tue:05:00` */
export function maintenanceWindow({ maintenance }: Pick<ResolvedSizing, "maintenance">): string {
  if (maintenance === undefined) return WINDOW;
  const { day, hour } = maintenance;
  const next = hour < 23 ? day : (WEEKDAYS[(WEEKDAYS.indexOf(day) + 1) % WEEKDAYS.length] ?? day);
  return `${at(day, hour)}-${at(next, (hour + 1) % 24)}`;
}

/** The same for Amazon MQ, which takes the beginning alone. */
export const maintenanceStart = ({ maintenance }: { readonly maintenance?: MaintenanceWindow }) =>
  maintenance === undefined
    ? { dayOfWeek: "SUNDAY", timeOfDay: "03:30", timeZone: "UTC" }
    : {
        dayOfWeek: maintenance.day.toUpperCase(),
        timeOfDay: `${String(maintenance.hour).padStart(2, "0")}:00`,
        timeZone: "UTC",
      };

/** RDS and ElastiCache refuse a window that meets the backup's. */
export function maintenanceProblems({ maintenance }: Pick<ResolvedSizing, "maintenance">, path: Path): Problem[] {
  if (maintenance?.hour !== BACKUP_HOUR) return [];
  const why = "backups are made in this hour, and AWS lets the two not meet";
  return [{ path: [...path, "maintenance", "hour"], got: maintenance.hour, why, fix: "use another hour" }];
}
