import { fireEvent, render, screen } from "@testing-library/react-native";
import { Api } from "../src/api";
import { ItemsScreen } from "../src/items-screen";
import { answering, json, offline, silent } from "./answers";

const api = new Api({ address: "https://api.test", timeoutMilliseconds: 20 });

afterEach(() => jest.restoreAllMocks());

test("shows that it waits, and then the items", async () => {
  let answer = (_: Response): void => undefined;
  answering(() => new Promise((resolve) => (answer = resolve)));
  await render(<ItemsScreen api={api} />);
  expect(screen.getByLabelText("Loading")).toBeOnTheScreen();
  answer(new Response(JSON.stringify([{ id: "1", title: "Grüße" }])));
  expect(await screen.findByText("Grüße")).toBeOnTheScreen();
  expect(screen.queryByLabelText("Loading")).toBeNull();
});

test("says that there are none", async () => {
  answering(json([]));
  await render(<ItemsScreen api={api} />);
  expect(await screen.findByText("Nothing is here yet.")).toBeOnTheScreen();
});

test.each([
  ["the API does not answer", silent, "There is no answer yet. Try again in a moment."],
  ["there is no network", offline, "There is no connection."],
  ["the API fails", json({}, 500), "Something went wrong on our side."],
  ["the answer is something else", json([{ id: 1 }]), "Something went wrong on our side."],
])("where %s it says so, with the trace, and asks again", async (_, failing, said) => {
  const asked = answering(failing, json([{ id: "1", title: "a title" }]));
  await render(<ItemsScreen api={api} />);
  expect(await screen.findByRole("alert")).toHaveTextContent(said);
  const { traceparent } = asked[0]?.request.headers as Record<string, string>;
  expect(screen.getByText(`Reference ${traceparent?.split("-")[1]}`)).toBeOnTheScreen();
  await fireEvent.press(screen.getByRole("button"));
  expect(await screen.findByText("a title")).toBeOnTheScreen();
  expect(screen.queryByRole("alert")).toBeNull();
});

test("asks no longer once it is gone", async () => {
  const asked = answering(silent);
  const { unmount } = await render(<ItemsScreen api={api} />);
  await unmount();
  expect(asked[0]?.request.signal?.aborted).toBe(true);
});
