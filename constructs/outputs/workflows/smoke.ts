import type { Deploy } from "./options";
import type { Step } from "./workflow";

/** Asks each address until it answers with a success, for two minutes: balancers and certificates take theirs. */
export function smokeStep({ url, smoke = [url] }: Pick<Deploy, "smoke" | "url">): Step {
  return {
    name: "Smoke test",
    id: "smoke",
    env: { ADDRESSES: smoke.join(" ") },
    run:
      smoke.length === 0
        ? [`echo "it has no address to ask; its pods are ready"`]
        : [
            `for address in $ADDRESSES; do`,
            `  curl --fail --silent --show-error --location --output /dev/null --max-time 10 \\`,
            `    --retry 20 --retry-delay 6 --retry-all-errors "$address"`,
            `  echo "$address answers"`,
            `done`,
          ],
  };
}
