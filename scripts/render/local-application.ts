import type { Choice } from "../../constructs/model/environment";
import { loadEnvironments } from "../../constructs/model/load";
import type { ResolvedApplication } from "../../constructs/model/resolved";
import { myApp } from "../../environments/my-app";

const LOCAL: Choice = { title: "local development", problems: () => [] };

/** The reference application on a developer's machine. Browsers and curl know where names below `localhost` are. */
export function localApplication(): ResolvedApplication {
  const [environment] = loadEnvironments([
    {
      name: "local",
      cloud: LOCAL,
      routing: LOCAL,
      profile: "small",
      contact: "platform@example.com",
      costCenter: "local",
      applications: [{ application: myApp, hosts: { api: "api.localhost", web: "www.localhost" } }],
    },
  ]);
  const [application] = environment?.applications ?? [];
  if (application === undefined) throw new Error("no application");
  return application;
}
