### Signing in, one's account, and the list of people.

sign-in-title = Sign in
sign-in-name = Name
sign-in-password = Password
sign-in-button = Sign in
sign-in-forgot = Forgot the password?
sign-in-forgot-how = Whoever runs hamgate makes you a link to set a new one:
sign-in-refused = The name or the password is wrong.
sign-in-too-many = Too many attempts. Wait { $wait } and try again; from a device that you have signed in from before, you may go on at once.
sign-in-busy = Too many people sign in at once. Try again in a moment.
wait-seconds = { $n ->
    [one] { $n } second
   *[other] { $n } seconds
}
wait-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}

welcome-title = Set your password
welcome-heading = Welcome, { $name }
welcome-about = Set your password. This link works once.
welcome-button = Set the password
password-new = New password
password-hint = At least 15 characters. Four or five words that do not belong together are easy to keep and hard to guess.
password-hint-short = At least 15 characters.

dead-link-title = This link does not work any more
dead-link-about = It was used, or is older than a day. Whoever runs hamgate makes you a new one:

account-title = Your account
account-sites = Sites: { $sites }
account-no-sites = Sites: none yet
account-where = Where you are signed in
account-this-browser = this browser
account-session = Signed in { $since }, last used { $seen }.
account-sign-out-there = Sign out there
account-sign-out-of = Sign out there: { $agent }
account-sign-out-everywhere = Sign out everywhere
account-change = Change the password
account-changed = The password is changed, and every other session has ended.
account-present = Present password
account-change-button = Change it

role-viewer = viewer
role-moderator = moderator
role-admin = admin

people-title = People
people-every-site = Sees every site.
people-no-site = Sees no site yet.
people-sites = Sees { $sites }.
people-last-sign-in = Last sign-in: { $when }.
people-never-signed-in = Has never signed in.
people-link-unused = Has not used the one-time link yet.
