import type { EnvironmentOption } from "../../../constructs/model/environment";
import { platformSecrets } from "../../../constructs/model/out-of-band";
import { resolveEnvironment } from "../../../constructs/model/resolve";
import { environmentOption, problemsOf, production } from "../../support/input";

const AT = "environments.production.observability";
const ghcr = { registry: "ghcr.io", username: "acme-puller" };
const webhook = { name: "webhook", description: "address of the channel" };
const option = (more: Partial<EnvironmentOption> = {}): EnvironmentOption => ({ ...environmentOption(), ...more });

const given = (observability: unknown, more: object = {}): object => ({ ...production(), observability, ...more });

test.each([undefined, "off"] as const)("%s is off, and leaves nothing behind", (observability) => {
  expect(problemsOf(given(observability))).toEqual([]);
  const environment = resolveEnvironment({ ...production(), observability });
  expect(environment.observability).toBeUndefined();
  expect(JSON.stringify(environment)).toBe(JSON.stringify(resolveEnvironment(production())));
});

test("an object that was chosen is taken as it is, and asked for what is wrong with it", () => {
  const chosen = option();
  expect(resolveEnvironment({ ...production(), observability: chosen }).observability).toBe(chosen);
  const wrong = option({ problems: (path) => [{ path: [...path, "retention"], got: 0, fix: "use a day at least" }] });
  expect(problemsOf(given(wrong))).toEqual([`${AT}.retention: got 0; use a day at least`]);
});

test.each(["on", null, 1, {}, { title: "no option" }])("%j is refused", (observability) => {
  expect(problemsOf(given(observability))).toEqual([
    expect.stringMatching(/observability: got .*; use "off" or a chosen object, e\.g\. prometheus\(\{\.\.\.\}\)$/),
  ]);
});

test("it is asked what it lacks of each application", () => {
  const wrong = option({
    applicationProblems: ({ name }, path) => [{ path, why: `measures nothing of ${name}`, fix: "use another" }],
  });
  expect(problemsOf(given(wrong))).toEqual([
    "environments.production.applications.shop: measures nothing of shop; use another",
  ]);
});

describe("secrets that it needs", () => {
  const chosen = option({ secrets: [webhook] });

  test("are one of each for the environment, where the cloud says", () => {
    const environment = resolveEnvironment({ ...production(), observability: chosen });
    expect(platformSecrets(environment)).toEqual([{ ...webhook, remoteKey: "production/webhook" }]);
    const cloud = option({ secretPlace: (names) => names.join("--"), secretProperty: "value" });
    expect(platformSecrets({ ...environment, cloud })).toEqual([
      { ...webhook, remoteKey: "production--webhook", remoteProperty: "value" },
    ]);
    expect(platformSecrets({ ...environment, observability: undefined })).toEqual([]);
  });

  test("are never those of a login", () => {
    const registries = { logins: { ghcr, webhook: { ...ghcr, registry: "quay.io" } } };
    expect(problemsOf(given(chosen, { registries }))).toEqual([
      "environments.production.registries.logins.webhook: the platform has a secret of this name; use another name",
    ]);
    expect(problemsOf(given("off", { registries }))).toEqual([]);
  });
});
