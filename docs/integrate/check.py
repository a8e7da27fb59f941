# Needs Python 3.7, nothing else.
import json
import os
import urllib.request

def ask(path, body):
    request = urllib.request.Request(
        os.environ["HAMGATE_URL"] + path,      # such as http://127.0.0.1:8080
        json.dumps(body).encode(),
        {"Authorization": "Bearer " + os.environ["HAMGATE_KEY"],
         "Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=6) as answer:
        return json.load(answer)

def check(comment):
    try:
        return ask("/v1/check", comment)["verdict"]   # accept, hold or reject
    except (OSError, ValueError):
        return "hold"                          # no answer: never publish unseen

print(check({"id": "42", "content": "Best casino bonus: http://casino.example",
             "author": {"name": "Mia", "ip": "192.0.2.7"}}))
# Later, when a person has looked at it:
ask("/v1/feedback", {"id": "42", "label": "spam"})
