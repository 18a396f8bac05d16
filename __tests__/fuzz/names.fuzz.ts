import { INPUTS } from "./support/inputs";
import { make } from "./support/outcome";
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

describe.each(Object.entries(INPUTS))("%s", (_what, input) => {
  // What may be lost is named by the application and the service that have it, in one text.
  const tree = replaced(input, [0, "argument", "backups"], undefined);

  test.each(NAMES)("has an application called %s", (name) => {
    const application = ["0", "argument", "applications", "0", "application", "argument", "name"].map((step) =>
      step === "0" ? 0 : step,
    );
    // Ciphertext is for one namespace and name; this one is not.
    const outcome = make(replaced(tree, application, name));
    expect(outcome.is === "accepted" ? "" : outcome.text).toBe("");
  });

  test.each(NAMES.filter((name) => name !== "backend"))("has a workload, a volume and a service called %s", (name) => {
    const renamed = rename(tree, { consumer: name, uploads: `${name}-files`, cache: `${name}-cache` });
    const outcome = make(renamed);
    expect(outcome.is === "accepted" ? "" : outcome.text).toBe("");
  });
});

/** Every key and every text that is one of the names, wherever it is. */
function rename(tree: unknown, names: Readonly<Record<string, string>>): unknown {
  if (typeof tree === "string") return names[tree] ?? tree;
  if (Array.isArray(tree)) return tree.map((item) => rename(item, names));
  if (typeof tree !== "object" || tree === null) return tree;
  return Object.fromEntries(Object.entries(tree).map(([key, value]) => [names[key] ?? key, rename(value, names)]));
}
