import type { Environment } from "./resolved";
import type { Service } from "./service";

/** Services of all applications of an environment that its cloud runs. */
export const managedServices = ({ applications }: Pick<Environment, "applications">): Service[] =>
  applications.flatMap(({ services }) =>
    services.filter(({ sizing }) => sizing.placement === "managed").map(({ service }) => service),
  );

/** What services of these kinds were, that an environment imports. */
export const importedIds = (
  { applications }: Pick<Environment, "applications">,
  isOf: (kind: string) => boolean,
): string[] =>
  applications
    .flatMap(({ services }) => services.filter(({ service }) => isOf(service.kind)))
    .flatMap(({ sizing: { imported } }) => (imported === undefined ? [] : [imported.id]))
    .sort();
