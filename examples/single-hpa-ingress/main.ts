import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { App, TerraformStack } from "cdktf";
import { AppIngress, Autoscaler } from "goldenpath";

const app = new App();
const stack = new TerraformStack(app, "shop");
new KubernetesProvider(stack, "kubernetes", { configPath: "~/.kube/config" });

const at = { namespace: "shop", owner: "team-shop" };
new Autoscaler(stack, "web", { ...at, deployment: "web", autoscaling: { min: 2, max: 6, cpu: 70 } });
new AppIngress(stack, "routes", {
  ...at,
  name: "shop",
  routes: [
    { host: "shop.example.com", service: "web" },
    { host: "shop.example.com", path: "/admin", service: "web", allowFrom: ["203.0.113.0/24"] },
  ],
});
app.synth();
