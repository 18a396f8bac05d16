import { manifestDifferences } from "../../../constructs/releases/manifest";

const deployment = (image: string, more = ""): string => `---
# Source: my-app/templates/deployment.yaml
kind: Deployment
metadata: {name: my-app-frontend}
spec: {template: {spec: {containers: [{name: frontend, image: "${image}"}]}}}
${more}`;

const config = (value: string): string => `---
kind: ConfigMap
metadata: {name: my-app-frontend}
data: {A: "${value}"}
`;

test("images first, then all that is another", () => {
  expect(manifestDifferences(deployment("a:v2") + config("1"), deployment("a:v1") + config("2"))).toEqual([
    "image of Deployment my-app-frontend, frontend: a:v2 → a:v1",
    "changes: ConfigMap my-app-frontend",
    "changes: Deployment my-app-frontend",
  ]);
});

test("what comes and goes", () => {
  expect(manifestDifferences(config("1"), deployment("a:v1"))).toEqual([
    "goes: ConfigMap my-app-frontend",
    "comes back: Deployment my-app-frontend",
  ]);
});

test("nothing of the same objects, whatever their order and comments", () => {
  expect(manifestDifferences(deployment("a:v1") + config("1"), config("1") + deployment("a:v1"))).toEqual([]);
});

test("images of schedules are found too", () => {
  const cron = (tag: string): string =>
    `kind: CronJob\nmetadata: {name: clean}\nspec: {jobTemplate: {spec: {template: {spec: {containers: [{name: c, image: "a:${tag}"}]}}}}}\n`;
  expect(manifestDifferences(cron("v2"), cron("v1"))).toContain("image of CronJob clean, c: a:v2 → a:v1");
});
