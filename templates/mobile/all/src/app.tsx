import { StyleSheet, View } from "react-native";
import { Api } from "./api";
import { ItemsScreen } from "./items-screen";
import { API, TIMEOUT_MILLISECONDS } from "./settings";

const api = new Api({ address: API, timeoutMilliseconds: TIMEOUT_MILLISECONDS });

export function App() {
  return (
    <View style={styles.screen}>
      <ItemsScreen api={api} />
    </View>
  );
}

const styles = StyleSheet.create({ screen: { flex: 1, paddingTop: 48 } });
