# Debian's `libnet-akismet-perl`, as it is: plain HTTP to KEY.rest.akismet.com, which only DNS
# points at hamgate.

use strict;
use warnings;
use Net::Akismet;

$| = 1;

# The comment that is called `$which`: HAM, SPAM or HELD.
sub comment {
    my ($which) = @_;
    return (
        USER_IP              => $ENV{COMMENT_IP},
        COMMENT_USER_AGENT   => $ENV{COMMENT_USER_AGENT},
        COMMENT_TYPE         => 'comment',
        COMMENT_AUTHOR       => $ENV{"${which}_AUTHOR"},
        COMMENT_AUTHOR_EMAIL => $ENV{"${which}_EMAIL"},
        COMMENT_AUTHOR_URL   => $ENV{"${which}_URL"},
        COMMENT_CONTENT      => $ENV{"${which}_CONTENT"},
        PERMALINK            => "$ENV{AKISMET_BLOG}/post",
    );
}

# Prints the name, whether the client gave what was wanted, and what it gave.
sub judged {
    my ($name, $wanted, $got) = @_;
    $got = 'undef' unless defined $got;
    print join("\t", $name, $got eq $wanted ? 'ok' : 'FAILED', $got), "\n";
}

my $client = Net::Akismet->new(KEY => $ENV{AKISMET_KEY}, URL => $ENV{AKISMET_BLOG});
my $stranger = Net::Akismet->new(KEY => $ENV{AKISMET_WRONG_KEY}, URL => $ENV{AKISMET_BLOG});
judged('verify key', 'a client', $client ? 'a client' : undef);
judged('wrong key', 'undef', $stranger ? 'a client' : undef);
exit 1 unless $client;

judged('ham', 'false', scalar $client->check(comment('HAM')));
judged('spam', 'true', scalar $client->check(comment('SPAM')));
judged('hold', 'false', scalar $client->check(comment('HELD')));
# A report succeeds for this client whatever the body says, so the body is looked at.
my $thanks = 'Thanks for making the web a better place.';
judged('report spam', $thanks, $client->spam(comment('HELD')) && $client->{response});
judged('report ham', $thanks, $client->ham(comment('SPAM')) && $client->{response});
