import { missingProviders } from "../../../scripts/engine/missing-providers";

/* As Terraform 1.11 says it of a mirror that is empty, or filled by half: that is no refusal of the stack. */
test.each([
  [
    "has nothing",
    `Error: Failed to query available provider packages

Could not retrieve the list of available versions for provider
hashicorp/time: provider registry.terraform.io/hashicorp/time was not found
in any of the search locations`,
    "hashicorp/time",
  ],
  [
    "has another version",
    `Could not retrieve the list of available versions for provider
hashicorp/random: no available releases match the given constraints 3.7.2`,
    "hashicorp/random",
  ],
  [
    "has the folder and no program in it",
    `Error: Failed to install provider

Error while installing hashicorp/random v3.7.2: provider binary not found:
could not find executable file starting with terraform-provider-random`,
    "hashicorp/random",
  ],
  [
    "has it for another platform",
    `Error: Incompatible provider version

Provider registry.terraform.io/hashicorp/random v3.7.2 does not have a
package available for your current platform, linux_amd64.`,
    "hashicorp/random",
  ],
])("a mirror that %s lacks the provider", (_what, text, provider) => {
  expect(missingProviders(text)).toEqual([provider]);
});

test("a stack that is refused lacks none", () => {
  expect(missingProviders('Error: Duplicate resource\n\nA aws_vpc resource named "x" was already declared')).toEqual(
    [],
  );
});
