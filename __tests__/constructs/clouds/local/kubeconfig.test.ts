import { ON_THIS_MACHINE } from "../../../../constructs/clouds/local/kubeconfig";
import { synthApplication, synthPlatform } from "../../../support/local-environment";

/*
 * What the guard lets through. That it stops a plan and a destruction before anything else, with what it says, is tried
 * with a real engine by `npm run test:engine`.
 */

const guard = new RegExp(ON_THIS_MACHINE);

test.each([
  ...["localhost", "shop.localhost", "127.0.0.1", "127.8.9.10", "[::1]", "0.0.0.0"],
  ...["kubernetes.docker.internal", "host.docker.internal", "k8s.orb.local", "192.168.49.2"],
])("%s is on this machine", (host) => {
  expect(guard.test(host)).toBe(true);
});

test.each([
  // Clusters of clouds, by their names and inside of their networks.
  ...["ABC123.gr7.eu-central-1.eks.amazonaws.com", "shop-1a2b.hcp.germanywestcentral.azmk8s.io", "34.107.1.1"],
  ...["10.0.0.1", "172.18.0.2", "ip-10-0-0-1.ec2.internal", "vm.c.project.internal", "kubernetes.default.svc"],
  // What begins or ends as one that is.
  ...["127.0.0.1.example.com", "127.0.0.1@example.com", "localhost.example.com", "xlocalhost", "192.168.1.example.com"],
  ...["docker.internal.example.com", "orb.local", "[::2]", "", "127.0.0.1\nexample.com"],
])("%j is not", (host) => {
  expect(guard.test(host)).toBe(false);
});

interface Variable {
  readonly default: string;
  readonly validation: readonly { readonly condition: string; readonly error_message: string }[];
}

const variable = (json: ReturnType<typeof synthApplication>) =>
  (json as unknown as { variable: { kubeconfig: Variable } }).variable.kubeconfig;

test("both stacks have it, as a validation of the variable that the providers' configuration is made of", () => {
  const [platform, application] = [synthPlatform(), synthApplication()].map((json) => {
    expect(json.provider.kubernetes).toMatchObject([{ config_path: "${var.kubeconfig}" }]);
    return variable(json);
  });
  expect(platform).toEqual(application);
  expect(platform).toMatchObject({ default: "~/.kube/config" });
  expect(platform?.validation).toHaveLength(3);
});

test("the file's content stands in conditions, and of it the host alone in what is said", () => {
  const json = synthApplication();
  const { validation } = variable(json);
  for (const { error_message } of validation) {
    const read = [...error_message.matchAll(/\$\{(.*?yamldecode.*)\}, which/g)].map(([, text = ""]) => text);
    expect(error_message.includes("yamldecode")).toBe(read.length > 0);
    for (const text of read) expect(text).toMatch(/^try\(regex\(.*\)\[0\], "a server without an address"\)$/);
  }
  // The name of a context is no secret.
  const { provider, resource, data } = json;
  expect(JSON.stringify({ resource, data })).not.toContain("yamldecode");
  const reads = [
    ...JSON.stringify(provider).matchAll(/yamldecode\(file\(pathexpand\(var\.kubeconfig\)\)\)(\S{0,25})/g),
  ];
  expect(reads.map(([, what]) => what)).toEqual([String.raw`[\"current-context\"],`]);
});

test("whoever names a context vouches for it: only that it exists is asked", () => {
  const { validation } = variable(synthApplication({ context: "shop@work" }));
  expect(validation).toHaveLength(2);
  expect(validation[1]?.condition).toContain('c.name == "shop@work"');
  expect(validation[1]?.error_message).toBe(
    'Context shop@work leads to no cluster. Use a name that "kubectl config get-contexts" prints.',
  );
});
