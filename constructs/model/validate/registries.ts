import type { EnvironmentInput } from "../environment";
import { orEmpty } from "../plain";
import type { Path, Problem } from "../problem";
import { covers, type Registries, type RegistryLogin } from "../registries";
import type { Report } from "./report";
import { chosenOptions } from "./usable";

/** What needs more than one field of `registries`, or the cloud, to be judged. */
export function checkRegistries(report: Report, path: Path, input: EnvironmentInput): void {
  const at = [...path, "registries"];
  const sound = (...fields: string[]): boolean => report.sound([...at, ...fields]);
  const { byIdentity = [], logins = {}, mirrors = {} }: Registries = orEmpty(input.registries ?? {});
  if (sound("byIdentity")) report.add(...identityProblems(byIdentity, [...at, "byIdentity"], report, path, input));
  const usable = Object.entries(orEmpty(logins)).flatMap(([name, login]): [string, RegistryLogin][] =>
    login !== undefined && sound("logins", name) ? [[name, login]] : [],
  );
  report.add(...loginProblems(usable, [...at, "logins"]));
  if (report.sound([...path, "observability"])) report.add(...secretProblems(usable, [...at, "logins"], input));
  for (const [host, mirror] of Object.entries<string | undefined>(orEmpty(mirrors))) {
    if (mirror === undefined || !sound("mirrors", host) || !covers(host, mirror)) continue;
    report.add({ path: [...at, "mirrors", host], got: mirror, why: "is itself", fix: "name another registry" });
  }
}

function identityProblems(
  registries: readonly string[],
  at: Path,
  report: Report,
  environment: Path,
  { cloud }: EnvironmentInput,
): Problem[] {
  const twice = registries.flatMap((registry, index): Problem[] =>
    registries.findIndex((other) => other.toLowerCase() === registry.toLowerCase()) < index
      ? [{ path: [...at, index], got: registry, why: "given twice", fix: "name each registry once" }]
      : [],
  );
  if (!report.sound([...environment, "cloud"])) return twice;
  if (cloud.registryProblems !== undefined) return [...twice, ...cloud.registryProblems(registries, at)];
  const why = "whoever makes the nodes lets them pull, and no nodes are made here";
  const fix = "leave it to the environment that makes the cluster, or give a login";
  return registries.map((got, index) => ({ path: [...at, index], got, why, fix }));
}

/** Logins whose secret in the store would be one of the platform's. */
function secretProblems(
  logins: readonly (readonly [string, RegistryLogin])[],
  at: Path,
  input: EnvironmentInput,
): Problem[] {
  const taken = chosenOptions(input).flatMap(({ option }) => (option.secrets ?? []).map(({ name }) => name));
  return logins.flatMap(([name]): Problem[] =>
    taken.includes(name)
      ? [{ path: [...at, name], why: "the platform has a secret of this name", fix: "use another name" }]
      : [],
  );
}

/** Problems of logins that have their form. */
function loginProblems(logins: readonly (readonly [string, RegistryLogin])[], at: Path): Problem[] {
  return logins.flatMap(([name, { registry }], index): Problem[] => {
    const path = [...at, name, "registry"];
    const first = logins.findIndex(([, other]) => other.registry === registry);
    if (first < index) {
      const why = `login "${logins[first]?.[0] ?? ""}" is for it`;
      return [{ path, got: registry, why, fix: "give one login for each registry" }];
    }
    if (/^\d{12}\.dkr\.ecr\./.test(registry)) {
      const fix = "on AWS give it in byIdentity; elsewhere give a login of another registry";
      return [{ path, got: registry, why: "a password of ECR ends after twelve hours", fix }];
    }
    if (/^docker\.io\//.test(registry)) {
      const why = "nodes know one login for all of Docker Hub";
      return [{ path, got: registry, why, fix: 'use "docker.io"' }];
    }
    return [];
  });
}
