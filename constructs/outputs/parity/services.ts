import type { ResolvedApplication } from "../../model/resolved";
import type { WorkloadDifference } from "./compare";

/** What services do by themselves in an environment, and refuse, of which the containers of a machine do nothing. */
export const serviceDifferences = ({ services, workloads }: ResolvedApplication): WorkloadDifference[] => [
  ...services.flatMap(({ name, service }) =>
    Object.entries(service.deeds?.() ?? {}).map(([field, other]) => ({
      subject: name,
      about: { aspect: "service" as const, field },
      what: field,
      other,
    })),
  ),
  ...workloads.flatMap(({ name, edges }) =>
    edges.flatMap((edge) =>
      edge.to === "service" && edge.access === "read"
        ? [
            {
              subject: name,
              about: { aspect: "service" as const, field: "access" },
              what: `access to ${edge.service.name}`,
              other: "read",
            },
          ]
        : [],
    ),
  ),
];
