import { useCallback, useEffect, useState } from "react";
import { ActivityIndicator, FlatList, Pressable, StyleSheet, Text, View } from "react-native";
import { type Api, ApiError, type Failure } from "./api";
import { type Item, newestItems } from "./items";

type State =
  | { readonly is: "loading" }
  | { readonly is: "failed"; readonly failure: Failure; readonly traceId: string }
  | { readonly is: "loaded"; readonly items: readonly Item[] };

/** What people are told. */
const SAID: Readonly<Record<Failure["kind"], string>> = {
  timeout: "There is no answer yet. Try again in a moment.",
  unreachable: "There is no connection.",
  refused: "Something went wrong on our side.",
  unreadable: "Something went wrong on our side.",
};

/** The newest items, or why there are none. */
export function ItemsScreen({ api }: { readonly api: Api }) {
  const [state, setState] = useState<State>({ is: "loading" });
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    // Nobody waits any more once the screen is gone or asks again.
    const controller = new AbortController();
    const show = (next: State): void => {
      if (!controller.signal.aborted) setState(next);
    };
    newestItems(api, controller.signal).then(
      (items) => show({ is: "loaded", items }),
      (error: unknown) => {
        if (!(error instanceof ApiError)) throw error;
        show({ is: "failed", failure: error.failure, traceId: error.traceId });
      },
    );
    return () => controller.abort();
  }, [api, attempt]);

  const again = useCallback(() => {
    setState({ is: "loading" });
    setAttempt((before) => before + 1);
  }, []);

  if (state.is === "loading") {
    return (
      <View style={styles.middle}>
        <ActivityIndicator accessibilityLabel="Loading" />
      </View>
    );
  }
  if (state.is === "failed") {
    return (
      <View style={styles.middle}>
        <Text accessibilityRole="alert">{SAID[state.failure.kind]}</Text>
        <Text style={styles.reference} selectable>{`Reference ${state.traceId}`}</Text>
        <Pressable accessibilityRole="button" onPress={again} style={styles.button}>
          <Text>Try again</Text>
        </Pressable>
      </View>
    );
  }
  return (
    <FlatList
      data={state.items}
      keyExtractor={({ id }) => id}
      ListEmptyComponent={<Text style={styles.row}>Nothing is here yet.</Text>}
      renderItem={({ item }) => <Text style={styles.row}>{item.title}</Text>}
    />
  );
}

const styles = StyleSheet.create({
  middle: { alignItems: "center", flex: 1, gap: 12, justifyContent: "center", padding: 24 },
  reference: { fontSize: 12, opacity: 0.6 },
  button: { padding: 12 },
  row: { padding: 16 },
});
