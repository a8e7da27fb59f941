# Needs Ruby 2.6, no gem.
require "json"
require "net/http"

def ask(path, body)
  url = URI(ENV.fetch("HAMGATE_URL") + path) # such as http://127.0.0.1:8080
  http = Net::HTTP.new(url.host, url.port)
  http.use_ssl = url.scheme == "https"
  http.open_timeout = http.read_timeout = 6
  headers = { "Authorization" => "Bearer #{ENV.fetch('HAMGATE_KEY')}", "Content-Type" => "application/json" }
  answer = http.post(url.path, body.to_json, headers)
  answer.value # raises unless it is a success
  JSON.parse(answer.body)
end

def check(comment)
  ask("/v1/check", comment).fetch("verdict") # accept, hold or reject
rescue StandardError
  "hold" # no answer: never publish unseen
end

puts check(id: "42", content: "Best casino bonus: http://casino.example", author: { name: "Mia", ip: "192.0.2.7" })
# Later, when a person has looked at it:
ask("/v1/feedback", id: "42", label: "spam")
