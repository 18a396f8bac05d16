// Alloy's stage of templates, as far as the rendered stages use it: Go's own engine with the functions of sprig and the one of
// Alloy's that they name. Reads {"template": text, "values": [text or null]} and writes what becomes of each, null being no value.
package main

import (
	"encoding/json"
	"log"
	"os"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig/v3"
)

func main() {
	var request struct {
		Template string    `json:"template"`
		Values   []*string `json:"values"`
	}
	if err := json.NewDecoder(os.Stdin).Decode(&request); err != nil {
		log.Fatal(err)
	}
	functions := sprig.TxtFuncMap()
	functions["ToLower"] = strings.ToLower
	parsed, err := template.New("stage").Funcs(functions).Parse(request.Template)
	if err != nil {
		log.Fatal(err)
	}
	answers := make([]string, 0, len(request.Values))
	for _, value := range request.Values {
		data := map[string]any{"Entry": "a line"}
		if value != nil {
			data["Value"] = *value
		}
		var text strings.Builder
		if err := parsed.Execute(&text, data); err != nil {
			log.Fatal(err)
		}
		answers = append(answers, text.String())
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		log.Fatal(err)
	}
}
