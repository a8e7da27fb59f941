### What went wrong, by its code, and what to do. A code that is not here is
### said in English, as the API says it.
