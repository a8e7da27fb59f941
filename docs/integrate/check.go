// Needs Go 1.18, nothing else.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"time"
)

type object = map[string]any

var client = http.Client{Timeout: 6 * time.Second}

func ask(path string, body object) (answer object, err error) {
	text, _ := json.Marshal(body)
	// HAMGATE_URL is such as http://127.0.0.1:8080
	request, err := http.NewRequest("POST", os.Getenv("HAMGATE_URL")+path, bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+os.Getenv("HAMGATE_KEY"))
	request.Header.Set("Content-Type", "application/json")
	response, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("hamgate answers %s", response.Status)
	}
	err = json.NewDecoder(response.Body).Decode(&answer)
	return answer, err
}

func check(comment object) string {
	if answer, err := ask("/v1/check", comment); err == nil {
		if verdict, ok := answer["verdict"].(string); ok {
			return verdict // accept, hold or reject
		}
	}
	return "hold" // no answer: never publish unseen
}

func main() {
	fmt.Println(check(object{"id": "42", "content": "Best casino bonus: http://casino.example",
		"author": object{"name": "Mia", "ip": "192.0.2.7"}}))
	// Later, when a person has looked at it:
	if _, err := ask("/v1/feedback", object{"id": "42", "label": "spam"}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
