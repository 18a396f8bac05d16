import type { EnvironmentSpec } from "../../constructs/environment";

/**
 * The environments of this repository, of which those whose data services all run in the cluster copy them and promise what of
 * their data may be lost: so everything that can be watched of copies is there to be proved.
 */
export const withCopies = (environments: readonly EnvironmentSpec[]): EnvironmentSpec[] =>
  environments.map((spec) =>
    spec.cloud.profiles?.includes("production") === false
      ? {
          ...spec,
          applications: spec.applications.map((overlay) => ({
            ...overlay,
            recovery: {
              "orders-db": { rpo: "5m", rto: "1h" },
              cache: { rpo: "2h", rto: "1h" },
              uploads: { rpo: "4h", rto: "4h" },
            },
            services: {
              ...overlay.services,
              "orders-db": { backups: {} },
              cache: { backups: {} },
              events: { backups: {} },
              uploads: { backups: {} },
            },
          })),
        }
      : spec,
  );
