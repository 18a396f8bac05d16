import type { ServiceKind, ServicePlacement } from "../../../model/service";

/** Kinds of service that Azure does not run: it has no RabbitMQ. */
export type UnmanagedKind = "rabbitmq";

export type ManagedKind = Exclude<ServiceKind, UnmanagedKind>;

/** Who can run each kind, the default first. */
export type Placements = {
  readonly [K in ServiceKind]: K extends UnmanagedKind
    ? readonly ["in-cluster"]
    : readonly ["managed", Exclude<ServicePlacement, "managed">];
};
