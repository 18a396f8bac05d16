import js from "@eslint/js";
import tseslint from "typescript-eslint";
import { constructProps } from "./scripts/lint/construct-props.mjs";

const goldenpath = { rules: { "construct-props": constructProps } };

export default tseslint.config(
  { ignores: ["node_modules", "cdktf.out", "dist", ".cache", "**/*.mjs", "**/*.cjs"] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { goldenpath },
    rules: {
      // Constructs are created for their effect on the tree.
      "no-new": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/consistent-type-imports": "error",
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
      "goldenpath/construct-props": "error",
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
