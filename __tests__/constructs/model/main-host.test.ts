import { draft, problemsOf } from "../../support/input";

test.each([undefined, "api", false])("a main host may be %p", (mainHost) => {
  const { environment, app } = draft();
  Object.assign(app, { mainHost });
  expect(problemsOf(environment)).toEqual([]);
});

test.each([
  ["apo", 'got "apo", no route has this host; use "api" or "web", or false (did you mean "api"?)'],
  [
    "api.example.com",
    'got "api.example.com"; use lower-case letters, digits and hyphens, a letter first and no hyphen last',
  ],
  [true, "got true; use the name of a host, or false"],
])("%p is refused", (mainHost, rest) => {
  const { environment, app } = draft();
  Object.assign(app, { mainHost });
  expect(problemsOf(environment)).toEqual([`applications.shop.mainHost: ${rest}`]);
});
