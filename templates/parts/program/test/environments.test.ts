import { Testing } from "cdktf";
import { loadEnvironments } from "goldenpath";
import { AppStack } from "goldenpath/stacks";
import assert from "node:assert/strict";
import { test } from "node:test";
import { environments } from "../environments";

interface Stack {
  readonly resource: Readonly<Record<string, Readonly<Record<string, { metadata: { name: string } }>>>>;
}

test("the application runs in every environment, with all of its workloads that go on", () => {
  for (const environment of loadEnvironments(environments)) {
    for (const application of environment.applications) {
      const { resource } = JSON.parse(Testing.synth(new AppStack(Testing.app(), environment, application))) as Stack;
      const running = Object.values(resource["kubernetes_deployment_v1"] ?? {}).map(({ metadata }) => metadata.name);
      for (const { name, kind } of application.workloads) {
        if (kind === "release" || kind === "cron") continue;
        assert.ok(running.includes(`${application.name}-${name}`), `${name} does not run in ${environment.name}`);
      }
    }
  }
});

test("staging and production are there, and measured", () => {
  const measured = loadEnvironments(environments).filter(({ observability }) => observability !== undefined);
  assert.deepEqual(measured.map(({ name }) => name).sort(), ["production", "staging"]);
});
