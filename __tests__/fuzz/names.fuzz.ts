import { INPUTS } from "./support/inputs";
import { make } from "./support/outcome";
import { isTried } from "./support/random";
import { replaced } from "./support/tree";

/*
 * A name that the framework, a provider or a cloud has too is a name like any other: users' names have a scope of their own.
 * (Not "google", which Cloud Storage refuses in names of buckets, and so do we.)
 */

const NAMES = [
  "aws",
  "azurerm",
  "backend",
  "cluster",
  "count",
  "data",
  "default",
  "each",
  "helm",
  "identities",
  "kubeconfig",
  "kubernetes",
  "local",
  "module",
  "owner",
  "path",
  "platform",
  "provider",
  "random",
  "resource",
  "self",
  "services",
  "terraform",
  "time",
  "tls",
  "var",
];

describe.each(Object.entries(INPUTS))("%s", (what, input) => {
  // What may be lost is named by the application and the service that have it, in one text.
  const tree = replaced(input, [0, "argument", "backups"], undefined);

  const refused = (kind: string, named: (name: string) => unknown): string[] =>
    NAMES.filter((name) => isTried(`${kind} called ${name}: ${what}`, 1)).flatMap((name) => {
      const outcome = make(named(name));
      return outcome.is === "accepted" ? [] : [`${name}: ${outcome.text}`];
    });

  test("has an application of any such name", () => {
    const application = [0, "argument", "applications", 0, "application", "argument", "name"];
    // Ciphertext is for one namespace and name; this one is not.
    expect(refused("an application", (name) => replaced(tree, application, name))).toEqual([]);
  });

  test("has a workload, a volume and a service of any such name", () => {
    const named = (name: string) =>
      name === "backend" ? tree : rename(tree, { consumer: name, uploads: `${name}-files`, cache: `${name}-cache` });
    expect(refused("a workload", named)).toEqual([]);
  });
});

/** Every key and every text that is one of the names, wherever it is. */
function rename(tree: unknown, names: Readonly<Record<string, string>>): unknown {
  if (typeof tree === "string") return names[tree] ?? tree;
  if (Array.isArray(tree)) return tree.map((item) => rename(item, names));
  if (typeof tree !== "object" || tree === null) return tree;
  return Object.fromEntries(Object.entries(tree).map(([key, value]) => [names[key] ?? key, rename(value, names)]));
}
