import { reachedBy } from "../../../constructs/kubernetes/policy-endpoints";
import { external } from "../../../constructs/model/application";
import { facts } from "../../support/resolved";

test.each([
  [
    "a name opens its port to every public address, where policies know none",
    external({ host: "api.example.com" }),
    { cidrs: ["0.0.0.0/0"], hosts: ["api.example.com"] },
  ],
  ["an address opens it to itself alone", external({ host: "198.51.100.7" }), { cidrs: ["198.51.100.7/32"] }],
  [
    "blocks count before either",
    external({ host: "api.example.com", cidrs: ["198.51.100.0/24"] }),
    { cidrs: ["198.51.100.0/24"] },
  ],
])("an outside host by %s", (_what, given, opened) => {
  const edge = { to: "external" as const, name: "partner", external: given, prefix: "" };
  const endpoints = reachedBy({ edges: [{ edge }], identity: undefined } as never, facts);
  expect(endpoints).toEqual([{ ...opened, port: 443 }]);
});
