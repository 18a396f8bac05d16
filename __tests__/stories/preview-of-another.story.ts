import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { engine, type Outcome } from "../../scripts/engine/engine";
import { previewIn, stackOf } from "../support/previews";
import { storyEngine } from "./support/engine";

/*
 * Two repositories preview one application under the same number: what the plan of the second says, by the namespace that is there. The
 * condition is the stack's own; the answer stands where the provider's would.
 */

const folder = mkdtempSync(join(tmpdir(), "goldenpath-preview-of-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const namespaceOf = (repository?: string): object => ({
  metadata: {
    name: "my-app-pr-123",
    ...(repository !== undefined && { annotations: { "goldenpath/repository": repository } }),
  },
});

/** The question about the namespace, in a configuration that needs no provider. */
async function plan(repository: string | undefined, there: readonly object[]): Promise<Outcome> {
  const json = stackOf(previewIn("staging", { request: repository === undefined ? {} : { repository } }));
  const asked = Object.values(json.data?.["kubernetes_resources"] ?? {}).find(({ kind }) => kind === "Namespace");
  if (asked === undefined) throw new Error("nobody asks for the namespace");
  expect(asked).toMatchObject({ api_version: "v1", field_selector: "metadata.name=my-app-pr-123" });
  const lifecycle = JSON.parse(
    JSON.stringify(asked.lifecycle).replaceAll("self.objects", "self.input.objects"),
  ) as unknown;
  const config = {
    variable: { there: { type: "any", default: there } },
    resource: { terraform_data: { there: { input: { objects: "${var.there}" }, lifecycle } } },
  };
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify(config));
  const binary = storyEngine();
  const prepared = await engine(binary, folder, ["init", "-input=false"]);
  if (!prepared.ok) throw new Error(prepared.text);
  return engine(binary, folder, ["plan", "-input=false", "-no-color"]);
}

const said = ({ text }: Outcome): string => text.replaceAll(/[\s│]+/g, " ");

test.each([
  ["it is the first", "acme/frontend", []],
  ["it is its own, however that was written", "acme/frontend", [namespaceOf("Acme/Frontend")]],
  ["an older version made it, and does not say whose it is", "acme/frontend", [namespaceOf()]],
  ["nobody says whose either is", undefined, [namespaceOf()]],
])("a preview is planned: %s", async (_what, repository, there) => {
  const outcome = await plan(repository, there);
  expect({ ok: outcome.ok, said: outcome.ok ? "" : said(outcome) }).toEqual({ ok: true, said: "" });
});

test.each([
  ["acme/frontend", "Two repositories preview one application in one environment: have that preview swept, or"],
  [undefined, "Give --repository if it is that one's."],
])("over a living preview of another repository nothing is planned (%s)", async (repository, fix) => {
  const outcome = await plan(repository, [namespaceOf("acme/backend")]);
  expect(outcome.ok).toBe(false);
  expect(said(outcome)).toContain("Namespace my-app-pr-123 is the preview of pull request 123 of acme/backend. ");
  expect(said(outcome)).toContain(fix);
});
