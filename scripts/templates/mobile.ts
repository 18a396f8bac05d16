import { checkout, expression, READ_CODE, RUNNER } from "../../constructs/outputs/workflows/steps";
import { workflowText } from "../../constructs/outputs/workflows/text";
import type { Workflow } from "../../constructs/outputs/workflows/workflow";
import { ACTIONS } from "../../constructs/pipelines/actions";
import { layered, sourceFile, type TemplateSource } from "./source";

/** Branch that changes go to. */
const MAIN = ["main"];

/** It has no model that a workflow is rendered from, so this one is a file of the template, with the same actions at the same commits. */
const WORKFLOW: Workflow = {
  comment: [
    "Installs the app from its lock file, and has it type-checked, tested and bundled. Nothing is signed or sent anywhere.",
  ],
  name: "mobile",
  on: { push: { branches: MAIN }, pull_request: { branches: MAIN } },
  concurrency: { group: `mobile-${expression("github.ref")}`, "cancel-in-progress": true },
  jobs: {
    app: {
      name: "app",
      runsOn: RUNNER,
      timeoutMinutes: 20,
      permissions: [READ_CODE],
      steps: [
        checkout,
        {
          name: "Set up Node 24",
          uses: ACTIONS.setupNode,
          // No cache: what one run leaves there another would trust.
          with: { "node-version": "24", "package-manager-cache": false },
        },
        {
          // It has no goldenpath, which refuses them elsewhere.
          name: "See that no conflict is open",
          run: ["if git grep -nE '^(<{7}|>{7})( |$)'; then exit 1; fi"],
        },
        { name: "Install packages", run: ["npm ci --no-audit --no-fund"] },
        { name: "Check types", run: ["npm run typecheck"] },
        { name: "Test", run: ["npm test"] },
        { name: "Bundle for Android and iOS", run: ["npm run bundle"] },
      ],
    },
  },
};

const HEAD = "Of the template that made this repository; later versions of it raise what is pinned.";

export const mobile = (root: string): TemplateSource => ({
  name: "mobile",
  version: 1,
  title: "Mobile app in React Native",
  description: "a screen in React Native that shows what an API says, without projects of Android and Xcode",
  makes: "mobile-app",
  options: {},
  files: () => [
    ...layered(root, [{ from: "templates/mobile/all" }]),
    sourceFile(".github/workflows/mobile.yml", workflowText(WORKFLOW, HEAD)),
  ],
});
