import type { ResolvedApplication } from "../../model/resolved";
import type { WorkloadDifference } from "./compare";

/** What services do by themselves in an environment, of which the containers of a machine do nothing. */
export const serviceDifferences = ({ services }: ResolvedApplication): WorkloadDifference[] =>
  services.flatMap(({ name, service }) =>
    Object.entries(service.deeds ?? {}).map(([field, other]) => ({
      subject: name,
      about: { aspect: "service" as const, field },
      what: field,
      other,
    })),
  );
