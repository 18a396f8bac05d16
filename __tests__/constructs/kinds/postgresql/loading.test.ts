import { local } from "../../../../constructs/clouds/local";
import { environment } from "../../../../constructs/environment";
import { postgresql } from "../../../../constructs/kinds/postgresql";
import { POSTGRESQL_PROVISIONERS } from "../../../../constructs/kinds/postgresql/provisioners";
import { application } from "../../../../constructs/model/application";
import { loadEnvironments } from "../../../../constructs/model/load";
import { http } from "../../../../constructs/model/workload";
import { helmChart, renderEnvironments } from "../../../../constructs/outputs/outputs";
import { ingress } from "../../../../constructs/routing/ingress";
import { rehearsalOf } from "../../../../stacks/rehearse";
import { synthesisOf } from "../../report/support/syntheses";

/* A cloud's provisioner loads the bindings of that cloud: nobody asks for it but who is on it. */

/** Modules are those of other files of tests, too. */
const KEPT = Object.getOwnPropertyDescriptors(POSTGRESQL_PROVISIONERS);
afterAll(() => {
  Object.defineProperties(POSTGRESQL_PROVISIONERS, KEPT);
});

test("no cloud is asked for its provisioner by an environment on this machine", () => {
  const asked: string[] = [];
  for (const cloud of ["aws", "google", "azure"]) {
    Object.defineProperty(POSTGRESQL_PROVISIONERS, cloud, {
      get: () => {
        asked.push(cloud);
        return undefined;
      },
      enumerable: true,
      configurable: true,
    });
  }
  const store = application({
    name: "store",
    owner: "team-store",
    services: { db: postgresql() },
    workloads: { api: http({ image: "registry.example.com/api:v1", needs: ["db"] }) },
  });
  const spec = environment({
    name: "staging",
    cloud: local({ storageClass: "local-path" }),
    routing: ingress(),
    profile: "small",
    contact: "platform@example.com",
    costCenter: "store",
    applications: [{ application: store }],
  });
  synthesisOf([spec]);
  rehearsalOf([spec], "staging");
  helmChart.render(renderEnvironments(loadEnvironments([spec])), { application: "store" });
  expect(asked).toEqual([]);
});
