import { ACTIONS } from "../../pipelines/actions";
import type { BuiltImage } from "./code";
import type { Php } from "./options";
import type { Step } from "./workflow";

/* What a language needs on a runner: its program, its packages, its tests, and what is known to be wrong with packages. */

/** File of PHPUnit's coverage, in the folder of the code. */
export const COVERAGE = "coverage.xml";

/** The program of the language, without packages. */
export function setUpSteps({ code: { language } }: BuiltImage, coverage = false): readonly Step[] {
  if (language.name === "node") {
    return [
      {
        name: `Set up Node ${language.version}`,
        uses: ACTIONS.setupNode,
        // No cache: what one run leaves there another would trust.
        with: { "node-version": language.version, "package-manager-cache": false },
      },
    ];
  }
  const { version, extensions = [], phpstan } = language;
  return [
    {
      name: `Set up PHP ${version}`,
      uses: ACTIONS.setupPhp,
      with: {
        "php-version": version,
        ...(extensions.length > 0 && { extensions: extensions.join(", ") }),
        coverage: coverage ? "pcov" : "none",
        ...(coverage && { tools: `phpstan:${phpstan}` }),
      },
    },
  ];
}

/** Known holes in what is installed, by the ledger of the language's own registry. They stop a deploy. */
export function auditSteps(image: BuiltImage): readonly Step[] {
  const { folder, language } = image.code;
  const steps: readonly Step[] =
    language.name === "php"
      ? [{ name: "Audit packages", folder, run: ["composer audit --locked --no-interaction"] }]
      : [{ name: "Audit packages", folder, run: ["npm audit --omit=dev --audit-level=high"] }];
  return [...setUpSteps(image), ...steps];
}

const NODE_TESTS: readonly Step[] = [
  { name: "Install packages", run: ["npm ci --no-audit --no-fund"] },
  { name: "Test", run: ["npm test"] },
];

/** Packages, then the tests of one image. They run in the folder of the code. */
export function testSteps({ name, code: { folder, language } }: BuiltImage): readonly Step[] {
  return language.name === "php" ? phpTests(name, folder, language) : NODE_TESTS;
}

function phpTests(name: string, folder: string, { sources = ["src"], level = 5 }: Php): readonly Step[] {
  const counted = sources.map((source) => `--coverage-filter ${source}`).join(" ");
  return [
    { name: "Install packages", run: ["composer install --no-interaction --no-progress --prefer-dist"] },
    {
      name: "PHPUnit with coverage",
      run: [`vendor/bin/phpunit ${counted} --coverage-clover ${COVERAGE} --coverage-text`],
    },
    {
      name: "Keep the coverage",
      uses: ACTIONS.uploadArtifact,
      with: { name: `coverage-${name}`, path: `${folder}/${COVERAGE}`, "if-no-files-found": "error" },
    },
    {
      name: "PHPStan",
      run: [`phpstan analyse --no-progress --error-format=github --level ${level} ${sources.join(" ")}`],
    },
  ];
}
