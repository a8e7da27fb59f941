// The page works without this. It only tells the filter that a browser ran it,
// which most spam programs do not.
"use strict";
for (const mark of document.getElementsByName("javascript")) {
  mark.value = "yes";
}
