### A code beside the password: asked for, set up, ended.

second-step-title = One more step
second-step-about = The password is right, { $name }. Now the code that your app shows.
second-step-code = Code
second-step-hint = Six digits from the app, or one of your recovery codes.
second-step-back = Start again
second-step-wrong = The code is wrong, or was used before. The app shows a new one every 30 seconds.
second-step-too-late = The password was typed too long ago. Start again.

second-factor-title = Second factor
second-factor-about = With a second factor, signing in takes the password and a code from an app on your phone. Whoever learns the password alone stays outside. Any app for one-time codes will do (Aegis, 2FAS, Google Authenticator, a password manager).
second-factor-begin = Set it up
second-factor-scan = Let the app read this picture.
second-factor-picture = The key as a QR code; the same letters are below it.
second-factor-type = No camera at hand? Type the key into the app:
second-factor-show = Then type the code that the app shows. From now on you are asked for one at each sign-in.
second-factor-confirm = Switch it on
second-factor-on = It is on; it was set up { $since }.
second-factor-codes-left = { $n ->
    [0] No recovery code is left: make new ones.
    [one] { $n } recovery code is left.
   *[other] { $n } recovery codes are left.
}
second-factor-renew = New recovery codes
second-factor-end = Switch it off
second-factor-wrong-password = The password is wrong.
second-factor-changed = It was changed meanwhile, in another window perhaps. This is how it is now.
second-factor-codes-title = Your recovery codes
second-factor-codes-about = If you lose the app, each of these lets you in once in its place. Print them, or keep them in a password manager.
second-factor-codes-once = They are shown this once. New ones take the place of all earlier ones.
second-factor-kept = I have kept them

account-second-factor = Second factor
account-second-factor-on = A code from your app is asked for at each sign-in.
account-second-factor-off = Only the password is asked for.
account-second-factor-open = Look at it
account-second-factor-set-up = Set it up
