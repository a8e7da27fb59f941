### Around every page of the desk.

frame-skip = Skip to the content
frame-desk = Desk
frame-queue = Queue
frame-account = Your account: { $name }
frame-sign-out = Sign out
frame-language = Language
frame-to-queue = To the queue
frame-request = Request { $id }
