### Where admins set things up: what the pages share, and the people.

frame-admin = Setup
admin-tabs = Setup
admin-save = Save
admin-once = It is shown this once. Nobody can look it up again; a new one can be made.
admin-kept = I have kept it
admin-name-taken = That name is taken. Choose another one.
admin-wrong-name = That name cannot be used. Give one line of 1 to 100 bytes.
admin-wrong-url = That address cannot be used. Give a web address, such as https://blog.example; for a webhook one that is public, without a name or password in it.
admin-wrong-akismet-key = That is not an Akismet key. Give 12 hexadecimal digits, or leave it out for a fresh one.
admin-wrong-max-ham-rejected = The share of honest comments has to be between 0.001 and 50 per cent, or empty.
admin-wrong-max-spam-accepted = The share of spam has to be between 0.001 and 50 per cent, or empty.
admin-wrong-weight = A weight is a number from −20 to 20.
admin-wrong-role = Choose what the person may do.
admin-wrong-person = That is your own account. Another admin can change it, or whoever runs hamgate in the terminal.

people-you = you
people-second-factor = Has a second factor.
people-add = Add somebody
people-add-about = You get a link by which they set their password. Give it to them by a way that nobody else reads.
people-may = They may
people-role-viewer = look (viewer)
people-role-moderator = decide (moderator)
people-role-admin = set everything up, on every site (admin)
people-on-sites = On these sites
people-add-button = Make the link
people-link-title = A one-time link
people-link-about = { $name } sets the password here, once, within 24 hours.
people-link = Link
people-own = What you may do is for another admin to change.
people-reset = Locked out?
people-reset-about = A new link takes the password away and signs them out everywhere. Their second factor stays, unless you take that away too.
people-reset-button = Make a new link
people-drop-second-factor = Take the second factor away
people-end = End the account
people-end-about = They are signed out at once. What they decided stays, under their name.
people-end-button = End it now
