#!/usr/bin/env bash
# Needs curl. HAMGATE_URL is such as http://127.0.0.1:8080, HAMGATE_KEY the site's API key.
set -euo pipefail

ask() {    # ask PATH JSON
  curl --silent --fail --max-time 6 "$HAMGATE_URL$1" --data-binary "$2" \
    -H "Authorization: Bearer $HAMGATE_KEY" -H 'Content-Type: application/json'
}

check() {  # check JSON: prints accept, hold or reject; without an answer, hold
  local answer
  answer=$(ask /v1/check "$1") || answer='"verdict":"hold"'
  grep -o '"verdict":"[a-z]*"' <<<"$answer" | head -n 1 | cut -d '"' -f 4
}

check '{"id": "42", "author": {"name": "Mia", "ip": "192.0.2.7"},
        "content": "Best casino bonus: http://casino.example"}'
# Later, when a person has looked at it:
ask /v1/feedback '{"id": "42", "label": "spam"}' >/dev/null
