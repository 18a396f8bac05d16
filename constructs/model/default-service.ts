import type { ApplicationSpec } from "./application";

/** Whether a service has the plain names of its kind: by its name, never by its position. */
export function isDefaultService(
  { services = {}, defaultServices = [], prefixedServices = [] }: ApplicationSpec,
  name: string,
): boolean {
  if (defaultServices.includes(name)) return true;
  if (prefixedServices.includes(name)) return false;
  const kind = services[name]?.kind;
  const plain = Object.entries(services).filter(
    ([other, service]) => service.kind === kind && !prefixedServices.includes(other),
  );
  return plain.length === 1 && !defaultServices.some((other) => services[other]?.kind === kind);
}
