import { isPlain, orEmpty } from "./plain";

/** Registries that images of ours come from, and that an environment may have a mirror of. */
export const MIRRORED = ["docker.io", "gcr.io", "ghcr.io", "public.ecr.aws", "quay.io", "registry.k8s.io"] as const;

export type MirroredRegistry = (typeof MIRRORED)[number];

/** Where images come from that not everybody may pull, and where those of public registries come from instead. */
export interface Registries {
  /**
   * Registries of the environment's own cloud outside its account or project, from which nodes pull as who they are.
   * AWS: the registry's address, `222222222222.dkr.ecr.eu-central-1.amazonaws.com`. Google Cloud: a repository's address,
   * `europe-docker.pkg.dev/shared-project/images`. Azure: the id of the registry, in any subscription of the tenant. What
   * its owner has to allow is in `docs/guide/private-registries.md`.
   * @default - none: nodes pull from the registries of their own account or project (AWS, Google Cloud), or from none (Azure)
   */
  readonly byIdentity?: readonly string[];
  /**
   * Registries with a user and a password or token, by a name for its secret. For everything in the namespaces of
   * applications; add-ons have no login, as one of them brings it. @default - none
   */
  readonly logins?: Readonly<Record<string, RegistryLogin>>;
  /**
   * Registries in place of public ones: what images of ours begin with: `"docker.io": "111111111111.dkr.ecr.eu-central-1.amazonaws.com/docker-hub"`.
   * Images that an application names stay as it names them. Add-ons pull from it too, unless it needs a login.
   * @default - none: from the public registries
   */
  readonly mirrors?: Readonly<Partial<Record<MirroredRegistry, string | undefined>>>;
}

export interface RegistryLogin {
  /** Host, with port and path where it needs them: `ghcr.io`, `registry.gitlab.com/acme`, `harbor.example.com:8443`. */
  readonly registry: string;
  /** Who pulls. Not a secret: `acme-puller`, `robot$pull`. */
  readonly username: string;
}

/** The password or token of a login, as other secrets that people make. */
export interface ResolvedLogin extends RegistryLogin {
  /** Names its secret. */
  readonly name: string;
  /** Place in the cloud's secret store: `staging/ghcr`, one for all applications of the environment. */
  readonly remoteKey: string;
  /** Key of the value there. @default - the secret is the value */
  readonly remoteProperty?: string;
  /** Text for people who make it. */
  readonly description: string;
}

export interface ResolvedRegistries {
  readonly byIdentity: readonly string[];
  readonly logins: readonly ResolvedLogin[];
  readonly mirrors: Readonly<Partial<Record<MirroredRegistry, string>>>;
}

/**
 * `place` says where the secret of a login is, `property` which key of it. What has not its form is left out: whoever
 * resolves it has problems to tell of it.
 */
export function resolveRegistries(
  given: Registries,
  place: (login: string) => string,
  property: string | undefined,
): ResolvedRegistries {
  const { byIdentity = [], logins = {}, mirrors = {} } = orEmpty(given);
  return {
    byIdentity,
    logins: Object.entries(orEmpty(logins)).flatMap(([name, login]) =>
      isPlain(login)
        ? [
            {
              ...login,
              name,
              remoteKey: place(name),
              ...(property !== undefined && { remoteProperty: property }),
              description: `password or token with which ${login.username} pulls from ${login.registry}`,
            },
          ]
        : [],
    ),
    mirrors: Object.fromEntries(
      Object.entries<string | undefined>(orEmpty(mirrors)).flatMap(([host, mirror]) =>
        mirror === undefined ? [] : [[host, mirror]],
      ),
    ),
  };
}

const isMirrored = (host: string): host is MirroredRegistry => (MIRRORED as readonly string[]).includes(host);

/** Where an image of ours comes from in an environment. Digest and tag stay: it is the same image. */
export function mirrored(registries: Pick<ResolvedRegistries, "mirrors"> | undefined, image: string): string {
  const host = image.slice(0, image.indexOf("/"));
  const mirror = isMirrored(host) ? registries?.mirrors[host] : undefined;
  return mirror === undefined ? image : `${mirror}${image.slice(host.length)}`;
}

/** Whether a login for the one is a login for the other, as nodes read it: by whole parts of the path. */
export const covers = (registry: string, other: string): boolean => `${other}/`.startsWith(`${registry}/`);

/** Mirrors that nodes pull from without a login: those of add-ons. */
export function withoutLogin(registries: ResolvedRegistries | undefined): Pick<ResolvedRegistries, "mirrors"> {
  const { mirrors = {}, logins = [] } = registries ?? {};
  const needsOne = (mirror: string): boolean => logins.some(({ registry }) => covers(registry, mirror));
  const open = Object.entries(mirrors).filter(([, mirror]) => !needsOne(mirror));
  return { mirrors: Object.fromEntries(open) };
}
