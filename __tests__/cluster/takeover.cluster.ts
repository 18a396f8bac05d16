import { apply, kubectl, must } from "./support/cluster";
import { chartOf, helm, HELMS } from "./support/helm";
import { all, imagesIn, rolledOut } from "./support/release-story";
import { AvailableReplicas } from "./support/watch";

/* An environment whose workloads Terraform has released until now, and Helm releases from now on. */

describe.each(HELMS)("what Terraform released is taken over by Helm %d", (major) => {
  const environment = "gke-staging";

  test("without stopping a pod", async () => {
    const chart = chartOf(`taken${major}`);
    const namespace = chart.namespace(environment);
    must(await apply(chart.prepared(environment)));
    const created = chart.released(environment).map((one) => JSON.stringify(one));
    must(await kubectl(["create", "--field-manager=Terraform", "-f", "-"], created.join("\n---\n")));
    await rolledOut(namespace);
    const watch = new AvailableReplicas(namespace);
    const install = [
      "upgrade",
      "--install",
      "my-app",
      chart.folder,
      "-n",
      namespace,
      "--set",
      `environment=${environment}`,
    ];
    const refused = await helm(major, [...install, "--wait"]);
    expect(refused.code).not.toBe(0);
    // Terraform still counts as who set each field, until another release has changed it.
    const force = major === 3 ? [] : ["--force-conflicts"];
    must(await helm(major, [...install, "--wait", "--timeout", "120s", "--take-ownership", ...force]));
    await rolledOut(namespace);
    expect(watch.stop()).toEqual({
      "my-app-backend": 3,
      "my-app-frontend": 2,
      "my-app-notifications": 2,
      "my-app-consumer": 1,
      "my-app-orders-db-exporter": 1,
    });
    must(await helm(major, [...install, "--set", "image.tag=v2", "--wait", "--timeout", "120s", ...force]));
    expect(await imagesIn(namespace)).toEqual(all("v2"));
    chart.remove();
  });
});
