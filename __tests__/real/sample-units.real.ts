import { run } from "./support/container";
import { BACKEND, FRONTEND, NOTIFICATIONS } from "./support/sample-images";

/* The sample services' own tests, as whoever works on them runs them. */

test.each([
  ["backend", ["phpunit", "--configuration", BACKEND], /^OK \(\d{2} tests/m],
  ["frontend", ["node", "--test", `${FRONTEND}/test/`], /^# pass [1-9]/m],
  ["notifications", ["node", "--test", `${NOTIFICATIONS}/test/`], /^# pass [1-9]/m],
])("the sample %s passes its own tests", async (_, command, passed) => {
  const { code, output } = await run(command, 50);
  expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(passed) });
});
