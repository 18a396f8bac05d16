/** Thrown for a field that no conversion knows. */
export class Unconverted extends Error {}

/**
 * Ends a conversion: everything named was taken out of the object, so what is left must be nothing. To the compiler
 * (a field added to the plain type and not converted does not compile) and at run time (a field that came past the
 * types is refused, not dropped).
 */
export function nothingLeft(rest: Record<string, never>, where: string): void {
  for (const field in rest) {
    const value: unknown = rest[field];
    if (value === undefined) continue;
    throw new Unconverted(
      `${where}.${field}: got ${JSON.stringify(value)}, a field the Terraform resource would not get; ` +
        "convert it in constructs/terraform/convert or leave it out",
    );
  }
}

/** How error messages name an object: `apps/v1/Deployment/my-app-backend`. */
export function whereIs(apiVersion: string, kind: string, metadata: { readonly name: string }): string {
  return `${apiVersion}/${kind}/${metadata.name}`;
}

/** Refuses 0 for a number of which the provider reads 0 as "not given". */
export function aboveZero(value: number, where: string): number {
  if (value > 0) return value;
  throw new Error(`${where}: got ${value}, which the Terraform provider drops; use at least 1`);
}
