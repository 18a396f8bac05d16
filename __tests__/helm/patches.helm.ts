import { objectPatch } from "../../constructs/model/patch";
import { differences, on, small } from "./support/charts";
import { HELMS } from "./support/helm";

const reason = "what the chart has to do with it is tried here";

const patch = (value: string | boolean | number) =>
  objectPatch({
    reason,
    of: "web",
    kind: "Deployment",
    add: {
      "spec.template.spec.dnsConfig": { nameservers: ["10.0.0.10"], options: [{ name: String(value), value: "<&>{{" }] },
      "spec.template.spec.containers[web].terminationMessagePath": `/dev/${String(value)}`,
      "spec.template.spec.containers[web].stdin": false,
      "spec.template.spec.volumes[extra]": { name: "extra", emptyDir: { sizeLimit: "1Gi" } },
      'metadata.annotations["example.com/team"]': `{{ ${String(value)} }}`,
      "spec.progress": 0,
    },
  });

const app = small();
const hosts = { www: "www.localhost" };

describe.each(HELMS)("Helm %d", (major) => {
  test("renders what is patched everywhere, in some environments, and in each otherwise", () => {
    const spec = (name: string, patches: object = {}) =>
      on(app, { name, applications: [{ application: app, hosts: { www: `${name}.localhost` }, ...patches }] });
    const route = objectPatch({ reason, kind: "Ingress", add: { "spec.defaultBackend": { service: { name: "x", port: { number: 80 } } } } });
    expect(differences(major, [on(app, { applications: [{ application: app, hosts, patches: { a: patch(1) } }] })])).toEqual([]);
    expect(
      differences(major, [
        spec("one", { patches: { a: patch("a"), route } }),
        spec("two", { patches: { b: patch("b") } }),
        spec("three"),
      ]),
    ).toEqual([]);
  });
});
