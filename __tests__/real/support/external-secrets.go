// External Secrets' template engine v2, as far as the rendered objects use it: Go's own templates, and of the functions
// that are added to them those below. Reads {"templates": {key: text}, "values": {name: text}} and writes {key: text}.
package main

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"log"
	"os"
	"regexp"
	"strings"
	"text/template"
)

var functions = template.FuncMap{
	"b64enc":     func(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) },
	"fail":       func(text string) (string, error) { return "", errors.New(text) },
	"regexMatch": func(pattern, text string) bool { return regexp.MustCompile(pattern).MatchString(text) },
	"trim":       strings.TrimSpace,
	"replace":    func(from, to, text string) string { return strings.ReplaceAll(text, from, to) },
	"toJson": func(value any) (string, error) {
		text, err := json.Marshal(value)
		return string(text), err
	},
}

func main() {
	var request struct {
		Templates map[string]string `json:"templates"`
		Values    map[string]string `json:"values"`
	}
	if err := json.NewDecoder(os.Stdin).Decode(&request); err != nil {
		log.Fatal(err)
	}
	secret := map[string]string{}
	for key, text := range request.Templates {
		parsed, err := template.New(key).Option("missingkey=error").Funcs(functions).Parse(text)
		if err != nil {
			log.Fatal(err)
		}
		var assembled strings.Builder
		if err := parsed.Execute(&assembled, request.Values); err != nil {
			log.Fatal(err)
		}
		secret[key] = assembled.String()
	}
	if err := json.NewEncoder(os.Stdout).Encode(secret); err != nil {
		log.Fatal(err)
	}
}
