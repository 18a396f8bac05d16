import { aws } from "../../../constructs/clouds/aws";
import { azure } from "../../../constructs/clouds/azure";
import type { Cloud } from "../../../constructs/clouds/cloud";
import { google } from "../../../constructs/clouds/google";
import { local } from "../../../constructs/clouds/local";
import { AWS_PROPS } from "../../support/aws-environment";
import { AZURE_PROPS } from "../../support/azure-environment";
import { all, type StackJson, synthCloud } from "../../support/cloud-environment";
import { GOOGLE_PROPS } from "../../support/google-environment";
import { environmentOption } from "../../support/input";

/* Secrets that the platform itself needs of people, in `<env>-platform` of each cloud. */

const secrets = [
  { name: "grafana-admin", description: "password of the first user" },
  { name: "slack-webhook", description: "webhook of the channel" },
];
const CLOUDS: Readonly<Record<string, Cloud>> = {
  AWS: aws(AWS_PROPS),
  "Google Cloud": google(GOOGLE_PROPS),
  Azure: azure(AZURE_PROPS),
  local: local(),
};

const platform = (cloud: Cloud, needed: typeof secrets): StackJson =>
  synthCloud(
    cloud,
    (_, stack, environment) => {
      cloud.configure(stack, environment);
      cloud.connect(stack, environment).platform(stack);
    },
    { profile: "small", more: { observability: { ...environmentOption(), secrets: needed } } },
  );

/** What is said where one is missing. */
const messages = (json: StackJson): string[] =>
  Object.values(json.data ?? {})
    .flatMap((blocks) => Object.values(blocks))
    .flatMap(({ lifecycle }) => {
      const { postcondition = [] } = (lifecycle ?? {}) as { postcondition?: { error_message: string }[] };
      return postcondition.map(({ error_message: message }) => message);
    })
    .filter((message) => message.startsWith("Secret "));

test.each(["AWS", "Google Cloud", "Azure"])("%s stops the plan without one, and says how to make it", (name) => {
  const said = messages(platform(CLOUDS[name] as Cloud, secrets));
  const [password = "", webhook = "", ...more] = said;
  expect(more).toEqual([]);
  expect(password).toMatch(/^Secret "grafana-admin" is not in /);
  expect(webhook).toContain(": webhook of the channel.");
  expect(webhook).toMatch(/(?:secrets(?:manager)? create|keyvault secret set)/);
  expect(webhook).toMatch(/staging[/_-]+slack-webhook/);
  expect(password).toMatch(/staging[/_-]+grafana-admin/);
});

test("a cluster on this machine has a placeholder for each, which nobody writes over", () => {
  const made = all(platform(local(), secrets), "kubernetes_secret_v1");
  expect(made).toHaveLength(2);
  for (const secret of made) {
    expect(secret).toMatchObject({ data_wo: { value: "placeholder" }, data_wo_revision: 1 });
    expect(secret).toHaveProperty("metadata.annotations.description");
  }
});

test.each(Object.entries(CLOUDS))("%s has nothing of it where none is needed", (_, cloud) => {
  const json = platform(cloud, []);
  expect(messages(json)).toEqual([]);
  expect(all(json, "kubernetes_secret_v1")).toEqual([]);
});
