# Debian's `ruby-akismet`, as it is: HTTPS to KEY.rest.akismet.com; only DNS and the certificate
# are ours.

require 'akismet'

$stdout.sync = true

IP, USER_AGENT, BLOG = ENV.values_at('COMMENT_IP', 'COMMENT_USER_AGENT', 'AKISMET_BLOG')

# The comment that is called `which`: HAM, SPAM or HELD.
def comment(which, more = {})
  author, email, url, text =
    ENV.values_at("#{which}_AUTHOR", "#{which}_EMAIL", "#{which}_URL", "#{which}_CONTENT")
  { type: 'comment', author: author, author_email: email, author_url: url, text: text,
    post_url: "#{BLOG}/post", created_at: DateTime.now, languages: %w[en fr] }.merge(more)
end

# Prints the name, whether the client gave what was wanted, and what it gave.
def attempt(name, wanted)
  got = begin
    yield
  rescue StandardError => error
    error.class.name
  end
  puts [name, got == wanted ? 'ok' : 'FAILED', got.inspect.tr("\t\n", ' ')].join("\t")
end

client = Akismet::Client.new(ENV['AKISMET_KEY'], BLOG, app_name: 'tests', app_version: '1.0')
stranger = Akismet::Client.new(ENV['AKISMET_WRONG_KEY'], BLOG)

attempt('verify key', true) { client.verify_key }
attempt('wrong key', false) { stranger.verify_key }
attempt('ham', [false, false]) { client.check(IP, USER_AGENT, comment('HAM')) }
attempt('spam', [true, false]) { client.check(IP, USER_AGENT, comment('SPAM')) }
attempt('hold', [false, false]) { client.check(IP, USER_AGENT, comment('HELD')) }
attempt('report spam', nil) { client.spam(IP, USER_AGENT, comment('HELD')) }
attempt('report ham', nil) { client.ham(IP, USER_AGENT, comment('SPAM')) }
attempt('+ check with a wrong key', 'Akismet::Error') { stranger.check(IP, USER_AGENT, comment('HAM')) }
attempt('+ several calls over one connection', [[false, false], true]) do
  client.open do
    ham = client.check(IP, USER_AGENT, comment('HAM'))
    [ham, client.spam?(IP, USER_AGENT, author: 'akismet-guaranteed-spam', test: true)]
  end
end
attempt('+ environment of the request', [false, false]) do
  client.check(IP, USER_AGENT, comment('HAM', env: { 'HTTP_ACCEPT_LANGUAGE' => 'en', 'REMOTE_PORT' => 1 }))
end
