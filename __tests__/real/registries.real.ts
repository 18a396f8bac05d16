import { pullSecret } from "../../constructs/kubernetes/registries";
import { resolveRegistries } from "../../constructs/model/registries";
import { resolvedApplication } from "../support/resolved";
import { assembleSecrets } from "./support/external-secrets";

/* The Secret with the logins of registries, as the engine makes it of what people put into the store. */

const registries = resolveRegistries(
  {
    logins: {
      ghcr: { registry: "ghcr.io", username: "acme-puller" },
      hub: { registry: "docker.io", username: "acme" },
      harbor: { registry: "harbor.example.com:8443/team", username: "robot$team+pull" },
    },
  },
  (name) => `production/${name}`,
  undefined,
);

test("is JSON that nodes can read, whatever is in a password", () => {
  const object = pullSecret({ ...resolvedApplication(), registries });
  const passwords = { ghcr: "plain-token", hub: 'a"quote\\ <and> {{ brace }}', harbor: "ünïcödé:with:colons" };
  const store = new Map(Object.entries(passwords).map(([name, password]) => [`production/${name}`, password]));
  const secrets = assembleSecrets(object === undefined ? [] : [object], store);
  const { ".dockerconfigjson": text = "", ...others } = secrets.get("my-app.registries") ?? {};
  expect(others).toEqual({});
  const { auths } = JSON.parse(text) as { readonly auths: Readonly<Record<string, Readonly<Record<string, string>>>> };
  const decoded = Object.entries(auths).map(([registry, { username, password, auth = "" }]) => ({
    registry,
    username,
    password,
    auth: Buffer.from(auth, "base64").toString("utf8"),
  }));
  expect(decoded).toEqual([
    { registry: "ghcr.io", username: "acme-puller", password: passwords.ghcr, auth: `acme-puller:${passwords.ghcr}` },
    {
      registry: "https://index.docker.io/v1/",
      username: "acme",
      password: passwords.hub,
      auth: `acme:${passwords.hub}`,
    },
    {
      registry: "harbor.example.com:8443/team",
      username: "robot$team+pull",
      password: passwords.harbor,
      auth: `robot$team+pull:${passwords.harbor}`,
    },
  ]);
});
