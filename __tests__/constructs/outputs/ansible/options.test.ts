import { loadEnvironments } from "../../../../constructs/model/load";
import { InvalidInput } from "../../../../constructs/model/problem";
import { ansible } from "../../../../constructs/outputs/outputs";
import { renderEnvironments } from "../../../../constructs/rendering/render-environment";
import { environments } from "../../../../environments";
import { CHART, PLAYBOOKS } from "../../../../environments/outputs";

const rendered = renderEnvironments(loadEnvironments(environments.filter(({ name }) => name === "staging")));

/** What is said of options that are wrong, line by line. */
function said(options: object): string[] {
  try {
    ansible.render(rendered, { application: "my-app", chart: CHART, ...options });
  } catch (error) {
    if (error instanceof InvalidInput) return error.message.split("\n");
    throw error;
  }
  return [];
}

test("what is wrong in their form is said at once, and nothing that Ansible would evaluate passes", () => {
  expect(
    said({
      folder: "../ansible",
      chart: "helm/{{ lookup('pipe', 'id') }}",
      smoke: { staging: ["https://example.com/{{ x }}", "example.com"] },
      baseImage: "helm",
      folders: "x",
    }),
  ).toEqual([
    expect.stringMatching(/^ansible\.folder: got "\.\.\/ansible"; use a path from the root/),
    expect.stringMatching(/^ansible\.chart: got "helm\/\{\{/),
    expect.stringMatching(/^ansible\.smoke\.staging\[0\]: got/),
    expect.stringMatching(/^ansible\.smoke\.staging\[1\]: got "example\.com"; use an address/),
    expect.stringMatching(/^ansible\.baseImage: got "helm"; use an image with its registry/),
    expect.stringMatching(/^ansible\.folders: unknown field; .*did you mean "folder"/),
  ]);
});

test.each(["", ".", "..", "/ansible", "./ansible", "a/../b", "a/"])("%j is no folder of its own", (folder) => {
  expect(said({ folder })).toEqual([expect.stringMatching(/^ansible\.folder: /)]);
});

test("an application that is nowhere, an address of an environment that is not there, an image for nobody", () => {
  expect(said({ application: "my-apps" })).toEqual(['ansible.application: got "my-apps"; use "my-app"']);
  expect(said({ smoke: PLAYBOOKS.smoke, baseImage: "registry.example.com/helm:4.3.1" })).toEqual([
    'ansible.smoke.production: there is no environment of that name with my-app; use "staging"',
    expect.stringMatching(/^ansible\.baseImage: got .*, Helm releases none of these environments; leave it out/),
  ]);
});
