import type { NetworkPolicy } from "../../../constructs/kubernetes/objects";
import { controllerPolicies } from "../../../constructs/routing/controller-policy";
import { ingressNginx, traefik } from "../../../constructs/routing/controllers";
import { ingress } from "../../../constructs/routing/ingress";
import { type End, type Pod, reaches } from "../../support/reachability";
import { facts, render } from "../../support/resolved";

const known = { ...facts, apiServerEndpoints: [{ cidrs: ["10.0.0.0/8", "172.16.0.0/12"], port: 443 }] };
const CONTROLLERS = [traefik(), ingressNginx()];
const DNS: Pod = { namespace: "kube-system", labels: { "k8s-app": "kube-dns" } };
const PROMETHEUS: Pod = { namespace: "monitoring", labels: { app: "prometheus" } };
const PORTS = [25, 53, 80, 443, 2049, 3306, 5671, 6379, 6443, 8000, 8080, 8443, 9100, 10254];

describe.each(CONTROLLERS.map((controller) => ({ controller, title: controller.title })))(
  "the policy of $title",
  ({ controller }) => {
    const routing = ingress({ controller });
    const [policy, ...others] = controllerPolicies(routing, known) as unknown as NetworkPolicy[];
    const application = render({ routing });
    const objects = policy === undefined ? [] : [policy, ...application];
    const out = (to: End) => PORTS.filter((port) => reaches(objects, { from: controller.pods, to, port }));
    const into = (from: Pod) => PORTS.filter((port) => reaches(objects, { from, to: controller.pods, port }));

    it("is one, for the controller's pods", () => {
      expect(others).toEqual([]);
      expect(policy?.metadata.namespace).toBe(controller.pods.namespace);
      expect(policy?.spec.podSelector).toEqual({ matchLabels: controller.pods.labels });
    });

    it("lets it reach the Kubernetes API in its network, and no database, file system or outside host there", () => {
      expect(out({ address: "172.20.0.1" })).toEqual([443]);
      expect(out({ address: "10.0.128.7" })).toEqual([443]);
      expect(out({ address: "93.184.216.34" })).toEqual([]);
      expect(out({ address: "169.254.169.254" })).toEqual([]);
    });

    it("lets it reach what it routes to, the solver of certificates, and DNS", () => {
      const solver = { namespace: "my-app-prod", labels: { "acme.cert-manager.io/http01-solver": "true" } };
      expect(out({ namespace: "my-app-prod", labels: { app: "my-app-backend" } })).toEqual([8080]);
      expect(reaches(objects, { from: controller.pods, to: solver, port: 8089 })).toBe(true);
      expect(out(DNS)).toContain(53);
      expect(out({ address: facts.nodeLocalDns })).toEqual([53]);
      expect(
        reaches(objects, { from: controller.pods, to: { address: facts.nodeLocalDns }, port: 53, protocol: "UDP" }),
      ).toBe(true);
    });

    it("lets anybody in to its web ports, by address too, and pods to its metrics", () => {
      expect(into(PROMETHEUS)).toEqual([...controller.ports.web, controller.ports.metrics]);
      expect(policy?.spec.ingress?.[0]).toEqual({
        ports: controller.ports.web.map((port) => ({ port, protocol: "TCP" })),
      });
    });

    it("is not made where the cloud does not say where the Kubernetes API is", () => {
      expect(controllerPolicies(routing, facts)).toEqual([]);
    });
  },
);

it("is not made for a controller that does not say its ports", () => {
  const { controllerPods } = ingress();
  expect(controllerPolicies({ controllerPods }, known)).toEqual([]);
});
