import js from "@eslint/js";
import perfectionist from "eslint-plugin-perfectionist";
import tseslint from "typescript-eslint";
import { constructProps } from "./scripts/lint/construct-props.mjs";
import { docstringSubject } from "./scripts/lint/docstring-subject.mjs";

const goldenpath = { rules: { "construct-props": constructProps, "docstring-subject": docstringSubject } };

export default tseslint.config(
  { ignores: ["node_modules", "cdktf.out", "dist", ".cache", "examples", "templates", "**/*.mjs", "**/*.cjs"] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { goldenpath, perfectionist },
    rules: {
      // Constructs are created for their effect on the tree.
      "no-new": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // Grafana's classic form is the one that every version and every managed Grafana reads.
      "@typescript-eslint/no-deprecated": [
        "error",
        {
          allow: [
            { from: "package", name: ["Dashboard", "DashboardBuilder"], package: "@grafana/grafana-foundation-sdk" },
          ],
        },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      "perfectionist/sort-imports": [
        "error",
        {
          groups: [
            ["builtin", "external"],
            ["parent", "sibling", "index"],
          ],
          newlinesBetween: 0,
          ignoreCase: true,
        },
      ],
      "perfectionist/sort-named-imports": ["error", { ignoreCase: true }],
      "no-restricted-syntax": [
        "error",
        {
          selector: ":matches(PropertyDefinition, MethodDefinition)[accessibility='private'][kind!='constructor']",
          message: "name it #so: what is private is so when the program runs, too",
        },
      ],
    },
  },
  {
    files: ["constructs/**", "stacks/**", "environments/**", "scripts/**", "cli/**", "main.ts"],
    rules: {
      "@typescript-eslint/no-use-before-define": [
        "error",
        { functions: false, classes: false, ignoreTypeReferences: true },
      ],
      "goldenpath/construct-props": "error",
      "goldenpath/docstring-subject": "error",
    },
  },
  {
    // A stack has the name that the environment gives it: `cdktf deploy staging` and the state's key are that name.
    files: ["stacks/**"],
    rules: { "goldenpath/construct-props": "off" },
  },
  {
    files: ["__tests__/**"],
    rules: {
      // Assertions on synthesized JSON walk through untyped data.
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
    },
  },
);
