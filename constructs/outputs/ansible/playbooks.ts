import type { ReleaseTool } from "../../model/environment";

/* Playbooks, and what the role may be told. */

export type Verb = "deploy" | "rollback";

/** Name of a task file of the role, which is an entry point of its arguments too. */
export const entryPoint = (tool: string, verb: Verb): string => `${tool}_${verb}`;

const play = (name: string, verb: Verb): unknown => [
  {
    name,
    hosts: "releases",
    gather_facts: false,
    // One environment after the other, and none after one that failed.
    serial: 1,
    any_errors_fatal: true,
    tasks: [
      {
        name: "Include the role by who releases there",
        // Without the ending, as arguments are looked up by this very text.
        "ansible.builtin.include_role": { name: "release", tasks_from: entryPoint("{{ release_tool }}", verb) },
      },
    ],
  },
];

export const deployPlaybook = play("Release the application", "deploy");
export const rollbackPlaybook = play("Go back to the release before", "rollback");

/** What may be said on the command line or in a survey, and what it is where nobody says it. */
export const defaults = (tools: ReadonlySet<ReleaseTool>): Readonly<Record<string, unknown>> => ({
  ...(tools.has("helm") && {
    release_values: {},
    release_revision: "",
    release_interrupted: false,
    release_context: "",
  }),
  ...(tools.has("terraform") && { release_run: false, release_only: [], release_context: "" }),
});

/** What the role makes of that, and nobody says. */
export const variables = {
  release_context_words: "{{ ['--kube-context', release_context] if release_context | length > 0 else [] }}",
} as const;
