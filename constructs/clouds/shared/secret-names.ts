import { usedSecrets } from "../../model/out-of-band";
import type { Path, Problem } from "../../model/problem";
import type { ResolvedApplication } from "../../model/resolved";

/** Services and secrets of an application that have one name, where the cloud's store would have one secret for both. */
export function secretNameProblems(
  application: Pick<ResolvedApplication, "routes" | "secrets" | "services">,
  store: string,
  path: Path,
): Problem[] {
  const secrets = usedSecrets(application);
  const why = `a secret of the application has this name, and both would be one secret in ${store}`;
  return application.services
    .filter(({ name }) => secrets.some((secret) => secret.name === name))
    .map(({ name }) => ({ path: [...path, "services", name], why, fix: "rename one of them" }));
}
