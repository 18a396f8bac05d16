/** A stack's folder, where cdktf runs Terraform after a synthesis, and the command that runs it there. */
export const terraformFolder = (stack: string) =>
  ({ folder: `cdktf.out/stacks/${stack}`, command: `terraform -chdir=cdktf.out/stacks/${stack}` }) as const;
