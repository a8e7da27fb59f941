### Acting at the desk: many at once, trust, the audit, what stands around a card.
