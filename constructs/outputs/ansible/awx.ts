import type { Place } from "./inventory";

/*
 * Job templates with their surveys, as data in the form of AWX's interface, with names where that has numbers. One for each environment and
 * verb, so that who may launch the one of production need not be who may launch the others.
 */

/** A question of a survey. An answer with choices arrives as text. */
interface Question {
  readonly question_name: string;
  readonly question_description: string;
  readonly variable: string;
  readonly type: "multiplechoice" | "text";
  readonly required: boolean;
  readonly default: string;
  readonly choices?: readonly string[];
  readonly min?: number;
  readonly max?: number;
}

const TAG: Question = {
  question_name: "Tag",
  question_description: "Tag of the images, or tag@sha256:digest",
  variable: "release_tag",
  type: "text",
  required: true,
  default: "",
  min: 1,
  max: 200,
};

const INTERRUPTED: Question = {
  question_name: "Is whoever left a release on its way gone?",
  question_description: "yes only where nobody is at work there any more; it matters only where a release is pending",
  variable: "release_interrupted",
  type: "multiplechoice",
  required: true,
  default: "no",
  choices: ["no", "yes"],
};

const REVISION: Question = {
  question_name: "Revision",
  question_description: "Where it is empty: the newest before this one that ran",
  variable: "release_revision",
  type: "text",
  required: false,
  default: "",
  min: 0,
  max: 10,
};

const template = (
  { rendered: { application } }: Place,
  folder: string,
  { verb, title, asks }: { readonly verb: string; readonly title: string; readonly asks: readonly Question[] },
) => ({
  name: `${application.name}: ${title} ${application.environment}`,
  job_type: "run",
  project: application.name,
  inventory: `${application.name} ${application.environment}`,
  playbook: `${folder}/playbooks/${verb}.yml`,
  // The second would find the release of the first on its way.
  allow_simultaneous: false,
  survey_enabled: true,
  survey_spec: {
    name: `${title} ${application.environment}`,
    description: application.workloads.map(({ name }) => name).join(", "),
    spec: asks,
  },
});

/**
 * What AWX is told of the environments that Helm releases.
 *
 * @param folder where the rendered files are, from the root of the repository, which is AWX's project
 */
export function awxOf(places: readonly Place[], folder: string): unknown {
  return {
    inventory_sources: places.map(({ rendered: { application } }) => ({
      name: application.environment,
      inventory: `${application.name} ${application.environment}`,
      source: "scm",
      source_project: application.name,
      source_path: `${folder}/inventory/${application.environment}.yml`,
      overwrite: true,
      overwrite_vars: true,
      update_on_launch: true,
    })),
    job_templates: places.flatMap((place) => [
      template(place, folder, { verb: "deploy", title: "release to", asks: [TAG, INTERRUPTED] }),
      template(place, folder, { verb: "rollback", title: "go back in", asks: [REVISION, INTERRUPTED] }),
    ]),
  };
}
