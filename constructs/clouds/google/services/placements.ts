import type { Lacks } from "../../../model/environment";
import type { ServiceKind, ServicePlacement } from "../../../model/service";

/** Who can run each kind of service on Google Cloud, the default first. Google runs no RabbitMQ. */
export const placements = {
  mysql: ["managed", "in-cluster"],
  redis: ["managed", "in-cluster"],
  rabbitmq: ["in-cluster"],
  bucket: ["managed", "in-cluster"],
} as const satisfies Readonly<Record<ServiceKind, readonly ServicePlacement[]>>;

type Placements = typeof placements;

/** Kinds for which there is a cell. */
export type ManagedKind = {
  [K in ServiceKind]: "managed" extends Placements[K][number] ? K : never;
}[ServiceKind];

/** What is ignored of a managed service's sizing. */
export const lacks: Lacks = {
  redis: { backupDays: "Memorystore for Redis keeps the last snapshot alone, to restart from" },
};
