import { mirrored, type Registries, type ResolvedRegistries, withoutLogin } from "../../../constructs/model/registries";
import { resolveEnvironment } from "../../../constructs/model/resolve";
import { environmentOption, problemsOf, production } from "../../support/input";

const AT = "environments.production.registries";
const ECR = "111111111111.dkr.ecr.eu-central-1.amazonaws.com";
const ghcr = { registry: "ghcr.io", username: "acme-puller" };

const pulling = { ...environmentOption(["10.20.0.0/16"]), registryProblems: () => [] };
const given = (registries: unknown, cloud: object = pulling): object => ({ ...production(), cloud, registries });
const problems = (registries: unknown, cloud?: object): string[] => problemsOf(given(registries, cloud));
const resolved = (registries: Registries, cloud: object = {}): ResolvedRegistries | undefined =>
  resolveEnvironment({ ...production(), cloud: { ...pulling, ...cloud }, registries }).registries;

test("an environment that says nothing has none, and neither have its applications", () => {
  const environment = resolveEnvironment(production());
  expect(environment).toHaveProperty("registries", undefined);
  expect(environment.applications[0]).toHaveProperty("registries", undefined);
});

test("every field is taken, and every application gets it", () => {
  const all: Registries = {
    byIdentity: [ECR],
    logins: { ghcr, hub: { registry: "docker.io", username: "robot$acme+pull" } },
    mirrors: { "docker.io": `${ECR}/docker-hub` },
  };
  expect(problems(all)).toEqual([]);
  expect(resolved(all)).toEqual({
    byIdentity: [ECR],
    logins: [
      { ...ghcr, name: "ghcr", remoteKey: "production/ghcr", description: expect.stringContaining("acme-puller") },
      expect.objectContaining({ name: "hub", remoteKey: "production/hub" }),
    ],
    mirrors: { "docker.io": `${ECR}/docker-hub` },
  });
  const environment = resolveEnvironment({ ...production(), cloud: pulling, registries: all });
  expect(environment.applications.map(({ registries }) => registries)).toEqual([environment.registries]);
});

test("a field given as undefined is not given", () => {
  const all = { byIdentity: undefined, logins: undefined, mirrors: { "docker.io": undefined } };
  expect(problems(all)).toEqual([]);
  expect(resolved(all)).toEqual({ byIdentity: [], logins: [], mirrors: {} });
});

test("a login's secret is where the cloud keeps secrets, and in the key that it has for them", () => {
  const secretPlace = (names: readonly string[]): string => names.join("--");
  expect(resolved({ logins: { ghcr } }, { secretPlace, secretProperty: "value" })?.logins).toEqual([
    expect.objectContaining({ remoteKey: "production--ghcr", remoteProperty: "value" }),
  ]);
});

// One line each: a table is read by its columns.
// prettier-ignore
test.each<readonly [what: string, registries: unknown, line: string]>([
  ["a list", [], `${AT}: got [], use`],
  ["an unknown field", { login: { ghcr } }, `${AT}.login: unknown field; remove it or correct its name (did you mean "logins"?)`],
  ["a password", { logins: { ghcr: { ...ghcr, password: "hunter2hunter2" } } }, `${AT}.logins.ghcr.password: unknown field; remove it or correct its name`],
  ["a login without its user", { logins: { ghcr: { registry: "ghcr.io" } } }, `${AT}.logins.ghcr.username: missing; give a string`],
  ["a user with a brace", { logins: { ghcr: { ...ghcr, username: "{{a}}" } } }, `${AT}.logins.ghcr.username: got "{{a}}"; use letters, digits and . + @ $ _ -`],
  ["a scheme", { logins: { ghcr: { ...ghcr, registry: "https://ghcr.io" } } }, `${AT}.logins.ghcr.registry: got "https://ghcr.io"; use a host with its path, without a scheme and a slash at the end, e.g. "ghcr.io"`],
  ["a name with capitals", { logins: { GHCR: ghcr } }, `${AT}.logins.GHCR: use lower-case letters, digits and hyphens, a letter first and no hyphen last`],
  ["a login of ECR", { logins: { ecr: { registry: ECR, username: "AWS" } } }, `${AT}.logins.ecr.registry: got "${ECR}", a password of ECR ends after twelve hours; on AWS give it in byIdentity; elsewhere give a login of another registry`],
  ["a part of Docker Hub", { logins: { hub: { ...ghcr, registry: "docker.io/acme" } } }, `${AT}.logins.hub.registry: got "docker.io/acme", nodes know one login for all of Docker Hub; use "docker.io"`],
  ["two logins for one registry", { logins: { ghcr, again: ghcr } }, `${AT}.logins.again.registry: got "ghcr.io", login "ghcr" is for it; give one login for each registry`],
  ["a mirror of what is not ours", { mirrors: { "registry.example.com": ECR } }, `${AT}.mirrors`],
  ["a mirror that ends in a slash", { mirrors: { "docker.io": `${ECR}/` } }, `${AT}.mirrors["docker.io"]: got "${ECR}/"; use a host with its path`],
  ["a mirror of itself", { mirrors: { "quay.io": "quay.io/acme" } }, `${AT}.mirrors["quay.io"]: got "quay.io/acme", is itself; name another registry`],
  ["a registry twice", { byIdentity: [ECR, ECR.toUpperCase()] }, `${AT}.byIdentity[1]: got "${ECR.toUpperCase()}", given twice; name each registry once`],
])("%s is refused", (_what, registries, line) => {
  const lines = problems(registries);
  expect(lines.filter((one) => one.startsWith(line.replace(/: got \[\], use$/, "")))).toHaveLength(1);
  expect(lines).toHaveLength(1);
  expect(lines.join()).not.toContain("hunter2");
});

test("registries by identity are refused where no nodes are made", () => {
  expect(problems({ byIdentity: [ECR] }, environmentOption(["10.20.0.0/16"]))).toEqual([
    `${AT}.byIdentity[0]: got "${ECR}", whoever makes the nodes lets them pull, and no nodes are made here; ` +
      "leave it to the environment that makes the cluster, or give a login",
  ]);
});

test("all that is wrong is said at once, beside what is wrong elsewhere", () => {
  const input = {
    ...given({ logins: { ghcr: null, ecr: { registry: ECR, username: "AWS" } }, mirrors: 5, byIdentity: [3] }),
    contact: "nobody",
  };
  expect(problemsOf(input).map((line) => line.split(": ")[0])).toEqual([
    "environments.production.contact",
    `${AT}.byIdentity[0]`,
    `${AT}.logins.ghcr`,
    `${AT}.mirrors`,
    `${AT}.logins.ecr.registry`,
  ]);
});

test("an image of ours keeps all but its registry", () => {
  const mirrors = { "docker.io": `${ECR}/docker-hub` };
  const digest = `sha256:${"0".repeat(64)}`;
  expect(mirrored({ mirrors }, `docker.io/library/nginx:1@${digest}`)).toBe(
    `${ECR}/docker-hub/library/nginx:1@${digest}`,
  );
  expect(mirrored({ mirrors }, "ghcr.io/versity/versitygw:v1")).toBe("ghcr.io/versity/versitygw:v1");
  expect(mirrored(undefined, "docker.io/library/nginx:1")).toBe("docker.io/library/nginx:1");
});

test("a mirror that needs a login is none for add-ons", () => {
  const mirrors = { "docker.io": "harbor.example.com/hub", "ghcr.io": "harbor.example.community/ghcr" };
  const login = { name: "harbor", registry: "harbor.example.com", username: "a", remoteKey: "b", description: "c" };
  expect(withoutLogin({ byIdentity: [], mirrors, logins: [login] }).mirrors).toEqual({
    "ghcr.io": "harbor.example.community/ghcr",
  });
  expect(withoutLogin(undefined).mirrors).toEqual({});
});
