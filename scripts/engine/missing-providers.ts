const UNAVAILABLE = /available|not (?:be )?found|could not|failed to query|no such host|refused/i; /**
 * Providers that `init` says are not to be had, e.g. `hashicorp/aws`: neither a registry nor a mirror has them, or a mirror
 * has their folder, another version or another platform only. None where it refuses the stack for another reason.
 */
export function missingProviders(text: string): string[] {
  const said = text.replace(/\s*[│\n]\s*/g, " ");
  if (!UNAVAILABLE.test(said)) return [];
  const named = [...said.matchAll(/(?:provider|installing)\s+(?:registry\.[\w.]+\/)?([\w-]+\/[\w-]+)/gi)];
  return [...new Set(named.flatMap(([, name]) => name ?? []))];
}
